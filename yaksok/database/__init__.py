"""PostgreSQL itself: the embedded server, the roles of the layers, transactions."""
