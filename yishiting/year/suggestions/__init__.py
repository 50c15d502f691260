"""建议 Suggestions: taken in, screened, merged, classed, answered."""
