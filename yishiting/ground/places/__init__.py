"""区划 Places: district, subdistrict or township, community or village."""
