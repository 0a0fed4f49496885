"""A partner for the demo and the tests: takes what it was announced to receive, and answers for it."""
