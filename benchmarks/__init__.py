"""Budgets, each measured beside its floor."""
