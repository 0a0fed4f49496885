"""The doors and walls of section 7: throttling now; edge, scanning and analysis beside it."""
