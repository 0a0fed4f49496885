"""Who did what to whose data, and why: entries hold ids and item names, never values."""
