"""Stores as an earlier atlas left them."""

from __future__ import annotations

from alembic import command
from alembic.config import Config

from analysis.store.database import Store
from analysis.store.opening import MIGRATIONS


def taken_back(store: Store, schema: str) -> None:
    """Give a store the tables it had at a schema, those made since gone with all that is in them."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with store.writing() as session:
        config.attributes["connection"] = session.connection()
        command.downgrade(config, schema)
