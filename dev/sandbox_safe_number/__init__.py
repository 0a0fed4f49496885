"""A provider of safe numbers for the tests: lends numbers that begin with 050, for a reference of the shop's."""
