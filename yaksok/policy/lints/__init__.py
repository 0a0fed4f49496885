"""One file per rule that a document is held against."""
