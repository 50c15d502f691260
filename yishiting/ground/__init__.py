"""底座 Ground: what is there before the year begins."""
