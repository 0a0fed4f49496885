"""The only place where personal data exists. Everybody else goes through :mod:`.gate`."""
