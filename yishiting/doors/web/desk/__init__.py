"""工作台 Desk: what waits for this office."""
