"""A year of many people living with the mall, against invariants that are checked after each day."""
