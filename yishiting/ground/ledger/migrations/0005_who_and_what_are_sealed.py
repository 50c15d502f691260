"""The event no longer names the account and binds the rows it changed. Entries are never rewritten: begin with none."""

from importlib import import_module

from django.db import migrations, models

guards = import_module("yishiting.ground.ledger.migrations.0002_append_only")

REFUSED = (
    "这个数据库里已有旧格式的留痕。留痕只增不改，不能改写成新格式：请换一个空的数据库重新开始（演示数据请先删除数据文件夹）。"
    " The ledger of this database has the old form and is never rewritten: begin with an empty database."
)


def refuse_entries(apps, schema_editor):
    if apps.get_model("ledger", "Entry").objects.exists():
        raise RuntimeError(REFUSED)


def unprotect(apps, schema_editor):
    """SQLite makes the table anew, and the guards would be lost without a word."""
    guards.unprotect(apps, schema_editor)


def protect(apps, schema_editor):
    guards.protect(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_head")]
    operations = [
        migrations.RunPython(refuse_entries, migrations.RunPython.noop),
        migrations.RunPython(unprotect, protect),
        migrations.AddField("entry", "pseudonym", models.CharField(blank=True, max_length=64, verbose_name="经办人代号")),
        migrations.AddField("entry", "salt", models.CharField(max_length=32, default=""), preserve_default=False),
        migrations.AddField("entry", "records", models.JSONField(default=dict)),
        migrations.RunPython(protect, unprotect),
    ]
