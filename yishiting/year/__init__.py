"""一年 Year: the cycle, in order: councils, meetings and consultations, dossiers, suggestions, proposals, visits, agreements,
inquiries, scoring and budgeting, the directors of a subdistrict, district matters, projects, their money, evaluation."""
