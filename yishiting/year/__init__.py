"""一年 Year: the cycle, in order: councils, meetings and consultations, dossiers, suggestions, proposals, agreements, inquiries,
scoring and budgeting, projects, evaluation."""
