"""一年 Year: the cycle, in order: councils, meetings and consultations, suggestions, proposals, projects, evaluation."""
