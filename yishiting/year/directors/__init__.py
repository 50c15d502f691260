"""主任办公会 Directors: what the heads of a subdistrict decide together, their report and their plan of works."""
