"""The shipped questions and hygiene rules, read from ``queries/``."""
