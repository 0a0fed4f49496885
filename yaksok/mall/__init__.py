"""The shop. It holds subject ids, never a name or an address."""
