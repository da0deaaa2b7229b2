"""Queries and their answers, over an in-memory store."""
