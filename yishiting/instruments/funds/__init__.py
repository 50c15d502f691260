"""经费 Funds: the money of a place and year by its source, kept as double entries that add up on any day."""
