"""The database itself refuses to change or remove an entry or a checkpoint, on both databases."""

from django.db import migrations

TABLES = {"ledger_entry": "留痕只增不改。", "ledger_checkpoint": "每日存证只增不改。"}

POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'ledger is append-only' USING ERRCODE = '23514'; END $$
"""


def protect(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRES_FUNCTION, params=None)
    for table in TABLES:
        for statement in statements(table, schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)


def statements(table, vendor):
    if vendor == "postgresql":
        row = f"BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW"
        return [
            f"CREATE TRIGGER {table}_append_only {row} EXECUTE FUNCTION ledger_is_append_only()",
            f"CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only()",
        ]
    return [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        "BEGIN SELECT RAISE(ABORT, 'ledger is append-only'); END"
        for verb in ("UPDATE", "DELETE")
    ]


def unprotect(apps, schema_editor):
    postgres = schema_editor.connection.vendor == "postgresql"
    for table in TABLES:
        names = ("append_only", "never_emptied") if postgres else ("no_update", "no_delete")
        for name in names:
            on = f" ON {table}" if postgres else ""
            schema_editor.execute(f"DROP TRIGGER {table}_{name}{on}", params=None)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(protect, unprotect)]
