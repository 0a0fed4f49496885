"""What a mall needs of its machine."""

LEAST_FREE_BYTES = 200 * 1024 * 1024
"""On the disk of the data directory; with less no mall is opened."""

DEFAULT_PORT = 8080
LAST_PORT = 32767
"""Higher ones are handed out by the system to whoever asks."""
