"""项目经费 Spending: what a project was granted and given, what was contracted for, and what was paid at which milestone."""
