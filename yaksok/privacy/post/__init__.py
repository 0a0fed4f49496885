"""Letters to the person: noted by name, written when they leave, gone when delivered."""
