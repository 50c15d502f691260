"""The project around Yishiting: settings, addresses, and the entry for the page server."""
