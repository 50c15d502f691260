"""组织 Organisations: organisations of a place, and who holds which office."""
