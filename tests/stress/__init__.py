"""Several people at the same thing in the same moment, on either database."""
