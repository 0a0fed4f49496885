"""What runs by the clock: the same journeys, deferred on the mall's own PostgreSQL, ids only."""
