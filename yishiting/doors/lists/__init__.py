"""The lists of the desk, each declared once: its page, its sheet and its rows in the API are made from that."""
