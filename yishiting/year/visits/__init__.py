"""踏勘和征求意见 Visits: going there with those who proposed it, sending them the draft, and what they reply."""
