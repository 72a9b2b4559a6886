"""What Alembic runs: every step inside the one transaction it is given."""

from alembic import context

from analysis.store.models import Base

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Base.metadata, transactional_ddl=True
)
with context.begin_transaction():
    context.run_migrations()
