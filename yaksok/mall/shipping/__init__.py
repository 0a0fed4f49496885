"""Parcels: an opaque number, where it is, and the courier's word for it."""
