"""Tags that need the evidence."""
