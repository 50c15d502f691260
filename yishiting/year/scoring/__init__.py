"""打分 Scoring: representatives score the proposals on the rulebook's criteria; the order follows by a named method."""
