"""Advertisements: what is said, by which channel, when, and how many it reached. No person."""
