"""base is common; demo shows; dev is for those who build; test is strict; production refuses to start half configured."""
