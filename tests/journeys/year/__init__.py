"""The chapters of the year as the cast lives it at the screen."""
