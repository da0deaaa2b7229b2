"""Graphs as text: reading Turtle with its places, writing its normal form."""
