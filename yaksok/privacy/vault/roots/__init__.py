"""Who keeps the root keys: one port, four providers, and how one of them is chosen."""
