"""What the mall sells: categories, goods, options, pictures, and how many are left.

Nothing here is about a person. :mod:`~yaksok.mall.catalogue.shelf` reads, :mod:`~yaksok.mall.catalogue.stock`
sets aside and takes, :mod:`~yaksok.mall.catalogue.intake` brings goods in.
"""
