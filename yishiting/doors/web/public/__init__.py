"""公众 Public: read and suggest without signing in."""
