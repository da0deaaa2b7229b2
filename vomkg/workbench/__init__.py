"""What a curator works on: files, their checks and what would change with them."""
