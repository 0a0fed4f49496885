"""Member centre: what the mall knows of me, who saw it, who received it, and how I leave."""
