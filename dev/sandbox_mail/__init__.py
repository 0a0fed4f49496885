"""A mail server for the demo and the tests: takes every letter, delivers none, shows all of them."""
