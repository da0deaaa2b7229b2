"""Search by words over the names and texts of all that the graph holds.

What is found by its name stands above what only speaks of the words. Nothing is
answered here: a hit is a thing to look at. Questions are for ``vomkg.ask``.
"""
