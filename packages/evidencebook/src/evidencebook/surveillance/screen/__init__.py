"""Decide on what was found: in which order, by whom, and what follows from it."""
