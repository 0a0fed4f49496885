"""The lawful ways to make sure that it is the guardian who agrees, each behind the same port."""
