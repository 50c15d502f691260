"""Names and the ends of telephone numbers are looked up by keyed hashes; what is there already gets its own."""

from typing import Any

from django.db import migrations, models

from yishiting.year.suggestions.hashes import end_hash, name_hash

AT_ONCE = 500


def look_up(apps: Any, schema_editor: Any) -> None:
    """Every suggestion that names somebody."""
    rows = apps.get_model("suggestions", "Suggestion").objects.using(schema_editor.connection.alias)
    told = rows.exclude(proposer_name="", proposer_phone="").only("pk", "proposer_name", "proposer_phone")
    some = []
    for one in told.order_by("pk").iterator(chunk_size=AT_ONCE):
        one.name_hash, one.phone_end_hash = name_hash(one.proposer_name), end_hash(one.proposer_phone)
        some.append(one)
        if len(some) == AT_ONCE:
            rows.bulk_update(some, ["name_hash", "phone_end_hash"])
            some = []
    rows.bulk_update(some, ["name_hash", "phone_end_hash"])


class Migration(migrations.Migration):
    dependencies = [("suggestions", "0005_one_of_a_kind")]

    operations = [
        migrations.AddField(
            "suggestion", "phone_end_hash", models.CharField(blank=True, default="", editable=False, max_length=64)
        ),
        migrations.AddField(
            "suggestion", "name_hash", models.CharField(blank=True, default="", editable=False, max_length=64)
        ),
        migrations.RunPython(look_up, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            "suggestion",
            models.Index(condition=~models.Q(name_hash=""), fields=["place", "name_hash"], name="suggestion_by_name"),
        ),
        migrations.AddIndex(
            "suggestion",
            models.Index(
                condition=~models.Q(phone_end_hash=""), fields=["place", "phone_end_hash"], name="suggestion_by_end"
            ),
        ),
    ]
