"""How old a person is, as they attest, and who may decide for a child."""
