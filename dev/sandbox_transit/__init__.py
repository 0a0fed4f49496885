"""A server on loopback that speaks the transit API of OpenBao and HashiCorp Vault."""
