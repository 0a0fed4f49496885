"""A courier for the demo and the tests: takes a name, an address, a phone and a parcel number."""
