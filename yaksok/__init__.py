"""Yaksok (약속, "promise"): a mall whose privacy policy is its access-control program."""
