"""Orders: what was bought, by whom as a random id, and where the order stands.

No name, no address. :mod:`~yaksok.mall.orders.placing` writes a new order, :mod:`~yaksok.mall.orders.finding`
reads, and only :mod:`~yaksok.mall.orders.moving` changes where an order stands.
"""
