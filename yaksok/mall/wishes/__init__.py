"""What children would like to have: they ask, and somebody else buys."""
