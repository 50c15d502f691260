"""问政会 Hearings: a place announces one, people are heard and propose projects, questions are answered, the record is public."""
