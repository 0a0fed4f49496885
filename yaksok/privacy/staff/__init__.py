"""Who works here: accounts, roles with a reason and an end, and training. Plain ids only."""
