"""Empty a database of somebody's own server, so that a copy can take its place."""

import psycopg
from psycopg import sql

from yaksok.database.address import OWNER, address_of, password_of
from yaksok.database.layout import DataDirectory


def empty(data: DataDirectory) -> None:
    """Drop everything that the owner of the mall's tables has in this database, in one transaction.

    Nothing else in it is touched. Does nothing where the owner was never made.
    """
    address = address_of(data)
    try:
        with psycopg.connect(**address.entry(OWNER, password_of(data, OWNER))) as owner:
            owner.execute(sql.SQL("DROP OWNED BY {} CASCADE").format(sql.Identifier(OWNER)))
    except psycopg.OperationalError:
        return
