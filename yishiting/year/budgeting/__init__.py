"""预算表决 Budgeting: which of next year's proposals fit the money, by an advisory vote anyone can count again."""
