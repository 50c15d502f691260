"""The lived-in year: the cast, their words, and the year they live, through the same verbs as everyone."""
