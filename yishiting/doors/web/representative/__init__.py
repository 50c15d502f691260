"""代表 Representative: my meetings, my votes, my projects."""
