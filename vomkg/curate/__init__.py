"""The curator's half: is what was edited well-formed, complete and sound?"""
