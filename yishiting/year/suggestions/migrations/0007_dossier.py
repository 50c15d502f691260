"""Each suggestion gets its file; where suggestions were merged or split, the files follow them."""

from django.db import migrations, models
from django.db.models.deletion import PROTECT

# The file of what was there before takes the key of its suggestion, so that one statement makes them all.
OPEN = """
    INSERT INTO dossiers_dossier
        (id, revision, created_at, number, origin_id, opened_on, lies_at_id, merged_into_id, split_from_id)
    SELECT id, 0, created_at, receipt, place_id, received_on, place_id,
        CASE WHEN state = 'struck' THEN split_from_id ELSE merged_into_id END, split_from_id
    FROM suggestions_suggestion
"""
POINT = "UPDATE suggestions_suggestion SET dossier_id = id"


def fill(apps, schema_editor):
    schema_editor.execute(OPEN)
    schema_editor.execute(POINT)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing may be pending where a table is altered


def dossier(**options):
    return models.OneToOneField(
        "dossiers.dossier",
        PROTECT,
        related_name="suggestion",
        error_messages={"unique": "这个案卷已经有它的建议。请再提交一次。"},
        **options,
    )


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0001_initial"), ("suggestions", "0006_found_by_person")]

    operations = [
        migrations.AddField("suggestion", "dossier", dossier(null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField("suggestion", "dossier", dossier()),
    ]
