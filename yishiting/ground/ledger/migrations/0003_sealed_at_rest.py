"""Words that may name people are sealed at rest, those written so far as well."""

from django.db import migrations

import yishiting.ground.common.secrets
from yishiting.ground.common.secrets import sealer

AT_ONCE = 500


def seal(apps, schema_editor):
    rewritten(apps, sealer().seal)


def unseal(apps, schema_editor):
    rewritten(apps, sealer().unseal)


def rewritten(apps, said):
    rows = apps.get_model("ledger", "Sealed").objects
    last = 0
    while page := list(rows.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        for row in page:
            row.text = said(row.text)
        rows.bulk_update(page, ["text"])
        last = page[-1].pk


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_append_only")]
    operations = [
        migrations.RunPython(seal, unseal),
        migrations.AlterField("sealed", "text", yishiting.ground.common.secrets.SealedField()),
    ]
