"""公文 Documents: numbers and papers of a place."""
