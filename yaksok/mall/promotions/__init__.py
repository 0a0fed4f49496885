"""Coupons: what staff make, what a member takes, and what an order uses once."""
