"""Asking a SPARQL 1.1 server of somebody else as if it were the engine here."""
