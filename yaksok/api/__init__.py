"""The API: the same journeys as JSON, and the doors where partners call back."""
