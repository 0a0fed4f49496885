"""A payment provider for the demo and the tests; speaks the wire of Toss Payments (API shape of v1)."""
