"""What alembic runs: the migrations, on the connection and in the transaction that scope.log.schema has opened."""

from __future__ import annotations

from alembic import context

from scope.log.tables import Table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
