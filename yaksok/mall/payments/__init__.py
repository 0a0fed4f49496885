"""Payments: what was asked of the provider and what it answered. Nothing about a person goes there.

:mod:`~yaksok.mall.payments.wire` is the door to the provider, :mod:`~yaksok.mall.payments.signing` knows
its voice, :mod:`~yaksok.mall.payments.book` keeps the rows.
"""
