"""公示 Publicity: post for so many working days, take objections, answer them, close."""
