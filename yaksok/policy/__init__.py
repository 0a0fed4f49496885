"""The promise as code. Plain Python: no Django, no database, no network."""
