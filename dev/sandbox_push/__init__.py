"""A push service for the demo and the tests, and the browsers that it speaks to: RFC 8030, 8291, 8292."""
