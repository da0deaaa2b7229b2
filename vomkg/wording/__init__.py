"""Plain words: how a text is cut into them, mended and weighed.

What asks in plain words and what searches stand on it, so that a word that is
known to one is known to the other.
"""
