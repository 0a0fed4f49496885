"""Figures about the mall's trade in which nobody can be recognised, made once and kept."""
