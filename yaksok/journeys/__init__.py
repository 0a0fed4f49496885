"""One module per use case; the only place where shop and engine meet."""
