"""What messages say is sealed at rest, sign-in codes among it; those written so far as well."""

from django.db import migrations

import yishiting.ground.common.secrets
from yishiting.ground.common.secrets import sealer

AT_ONCE = 500


def seal(apps, schema_editor):
    rewritten(apps, sealer().seal)


def unseal(apps, schema_editor):
    rewritten(apps, sealer().unseal)


def rewritten(apps, said):
    rows = apps.get_model("notices", "Message").objects.exclude(body="").order_by("pk")
    page = list(rows[:AT_ONCE])
    while page:
        for row in page:
            row.body = said(row.body)
        rows.bulk_update(page, ["body"])
        page = list(rows.filter(pk__gt=page[-1].pk)[:AT_ONCE])


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_leads_to")]
    operations = [
        migrations.RunPython(seal, unseal),
        migrations.AlterField("message", "body", yishiting.ground.common.secrets.SealedField(verbose_name="内容")),
    ]
