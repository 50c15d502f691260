"""The word index over `SearchText.bigrams`: FTS5 in SQLite, a generated tsvector with GIN in PostgreSQL.

SQLite's index reads its text from the table itself (external content); triggers keep the two in step.
"""

from typing import Any

from django.db import migrations

SQLITE = (
    """
    CREATE VIRTUAL TABLE suggestions_words USING fts5(
        bigrams, content='suggestions_searchtext', content_rowid='id', tokenize='unicode61'
    )
    """,
    """
    CREATE TRIGGER suggestions_words_added AFTER INSERT ON suggestions_searchtext BEGIN
        INSERT INTO suggestions_words(rowid, bigrams) VALUES (new.id, new.bigrams);
    END
    """,
    """
    CREATE TRIGGER suggestions_words_taken AFTER DELETE ON suggestions_searchtext BEGIN
        INSERT INTO suggestions_words(suggestions_words, rowid, bigrams) VALUES ('delete', old.id, old.bigrams);
    END
    """,
    """
    CREATE TRIGGER suggestions_words_changed AFTER UPDATE ON suggestions_searchtext BEGIN
        INSERT INTO suggestions_words(suggestions_words, rowid, bigrams) VALUES ('delete', old.id, old.bigrams);
        INSERT INTO suggestions_words(rowid, bigrams) VALUES (new.id, new.bigrams);
    END
    """,
)
SQLITE_BACK = ("DROP TABLE suggestions_words",)
POSTGRESQL = (
    """
    ALTER TABLE suggestions_searchtext
        ADD COLUMN words tsvector GENERATED ALWAYS AS (to_tsvector('simple', bigrams)) STORED
    """,
    "CREATE INDEX suggestions_words ON suggestions_searchtext USING gin (words)",
)
POSTGRESQL_BACK = ("ALTER TABLE suggestions_searchtext DROP COLUMN words",)


def lay(apps: Any, schema_editor: Any) -> None:
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def lift(apps: Any, schema_editor: Any) -> None:
    for statement in POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("suggestions", "0001_initial")]

    operations = [migrations.RunPython(lay, lift)]
