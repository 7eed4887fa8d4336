"""Packing, editions and the template of a new book."""
