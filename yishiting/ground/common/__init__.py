"""通用 Common: no word of the field may appear here."""
