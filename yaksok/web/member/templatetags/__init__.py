"""Tags of the member centre."""
