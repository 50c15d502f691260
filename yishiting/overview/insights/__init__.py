"""Figures counted from the records: what came in, where it is, what became of it."""
