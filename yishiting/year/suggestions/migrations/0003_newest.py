from django.db import migrations, models
from django.db.models.deletion import PROTECT


def to_another(related_name: str) -> models.ForeignKey:
    return models.ForeignKey(
        "suggestions.suggestion", PROTECT, null=True, blank=True, db_index=False, related_name=related_name
    )


def of_the_few(name: str) -> models.Index:
    return models.Index(
        fields=[name], condition=models.Q((f"{name}__isnull", False)), name=f"suggestion_{name}"
    )


class Migration(migrations.Migration):
    dependencies = [("suggestions", "0002_word_index")]

    operations = [
        migrations.AlterField("suggestion", "merged_into", to_another("merged_here")),
        migrations.AlterField("suggestion", "split_from", to_another("parts")),
        migrations.AddIndex("suggestion", models.Index(fields=["-received_on", "-receipt"], name="suggestion_newest")),
        migrations.AddIndex("suggestion", of_the_few("merged_into")),
        migrations.AddIndex("suggestion", of_the_few("split_from")),
    ]
