"""表决 Ballots: who may vote on what, the count keyed in twice, the result by a named rule."""
