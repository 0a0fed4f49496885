"""What is handed to third parties: planned, decided again, sent once, answered, on record."""
