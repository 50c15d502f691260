"""千分制考核 Assessment: once a year, by the district alone, of its subdistricts and departments, from counted facts."""
