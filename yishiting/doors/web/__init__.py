"""网页 Web: rooms, by who walks in."""
