"""Advertisements: what is said, by which channel, when, and how many it reached; and who is still to be called."""
