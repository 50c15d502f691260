"""The mathematics of deliberation: plain Python, no Django, no clock, no place names."""
