"""共用 Shared: what all rooms share."""
