"""周年 Cycle: the conductor: what the season opens, what is due, what is late."""
