"""Whether the tables are those of this version of the programme.

Each first version stands for all migrations that led to it. A database that had them all goes on where it is; one that
had some of them stands half way, and what would lead on from there no longer exists.
"""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def half_way(connection: BaseDatabaseWrapper) -> list[str]:
    """The apps of which some replaced migrations were applied and others never were."""
    loader = MigrationLoader(None, load=False)
    loader.load_disk()
    applied = set(MigrationRecorder(connection).applied_migrations())
    return sorted(
        app
        for (app, _name), one in loader.disk_migrations.items()
        if (had := applied & set(one.replaces)) and had != set(one.replaces)
    )


def up_to_date(connection: BaseDatabaseWrapper) -> bool:
    """Whether nothing is left to be migrated."""
    if half_way(connection):
        return False
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
