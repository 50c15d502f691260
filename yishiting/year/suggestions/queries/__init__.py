"""Reads of suggestions, each with a name."""
