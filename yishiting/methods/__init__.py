"""The mathematics of deliberation: plain Python, no Django, no clock, no place names."""

from yishiting.methods.errors import Unusable

__all__ = ["Unusable"]
