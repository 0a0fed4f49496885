"""The goods of the demo: written and drawn for it. The words are in the TOML files, the pictures in code."""
