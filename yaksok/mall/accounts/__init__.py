"""Who may come in: verifiers of passwords, and sessions. Knows subject ids, never a name."""
