"""An identity provider for the demo and the tests; speaks the wire of PortOne (API shape of version 2)."""
