"""居民 Resident: my suggestions, my information."""
