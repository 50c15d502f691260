"""What notice was given of is kept in its words, where until now only a flag said that notice had been given."""

from typing import Any

from django.db import migrations, models


def take_down(apps: Any, _schema: Any) -> None:
    """Items of meetings already announced were announced as they read."""
    rows = apps.get_model("meetings", "AgendaItem").objects.filter(announced=True, meeting__convened_on__isnull=False)
    for item in rows.select_related("meeting"):
        words = {"title": item.title, "text": item.text, "touches_law": "yes" if item.touches_law else ""}
        item.announcements = [{"on": item.meeting.convened_on.isoformat(), "words": words}]
        item.save(update_fields=["announcements"])


class Migration(migrations.Migration):
    dependencies = [("meetings", "0002_one_of_a_kind")]

    operations = [
        migrations.AddField(
            model_name="agendaitem",
            name="announcements",
            field=models.JSONField(blank=True, default=list, editable=False, verbose_name="通知过的文本"),
        ),
        migrations.RunPython(take_down, migrations.RunPython.noop),
        migrations.RemoveField(model_name="agendaitem", name="announced"),
    ]
