"""建议案 Proposals: drafted from suggestions, deliberated, adopted, pending, reported up."""
