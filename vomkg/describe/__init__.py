"""Descriptions of the graph in the vocabularies of others, counted from the graph."""
