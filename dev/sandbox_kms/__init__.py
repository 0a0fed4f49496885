"""A server on loopback that speaks what the mall uses of AWS KMS."""
