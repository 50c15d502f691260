"""门禁 Entrance: signing in, tokens, consent, and each person's own information."""
