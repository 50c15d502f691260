"""门户 Doors: where people and programs come in. Screens look forward in time, domain code looks back."""
