"""Tickets: that somebody asked something, by which way, where it stands. Never a word of it."""
