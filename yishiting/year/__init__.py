"""一年 Year: the cycle, in order: councils, meetings and consultations, dossiers, suggestions, proposals, inquiries,
scoring and budgeting, projects, evaluation."""
