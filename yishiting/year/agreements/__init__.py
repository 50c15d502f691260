"""公约 Agreements: what was adopted and is no work but kept to: dancing hours, locks, notices."""
