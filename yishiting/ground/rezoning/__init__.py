"""区划变动 Rezoning: places renamed, merged, split, closed and moved in law, and what becomes of what was open."""
