"""How much of what the shapes ask for is there, and how much they look at at all."""
