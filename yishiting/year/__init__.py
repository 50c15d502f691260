"""一年 Year: the cycle, in order: councils, meetings, suggestions, proposals, projects, evaluation."""
