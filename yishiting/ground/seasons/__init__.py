"""时节 Seasons: what is open when, the working days, and the rulebook."""
