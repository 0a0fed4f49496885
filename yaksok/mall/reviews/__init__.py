"""Reviews: how many stars somebody gave, and where their words lie sealed."""
