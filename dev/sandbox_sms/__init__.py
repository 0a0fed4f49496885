"""A provider of text messages for the demo and the tests: speaks version 4 of the API of Solapi."""
