"""The engine that keeps the promise. It knows nothing of a shop."""
