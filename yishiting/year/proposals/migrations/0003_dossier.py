"""Each proposal lies in the file of the first suggestion it rests on; the files of the others are joined to that."""

from django.db import migrations, models
from django.db.models.deletion import PROTECT


def fill(apps, schema_editor):
    Proposal, Source = apps.get_model("proposals", "Proposal"), apps.get_model("proposals", "Source")
    Dossier = apps.get_model("dossiers", "Dossier")
    for proposal in Proposal.objects.order_by("created_at").iterator():
        rows = Source.objects.filter(proposal=proposal).select_related("suggestion__dossier")
        sources = list(rows.order_by("suggestion__received_on", "suggestion__receipt"))
        first, *others = [one.suggestion.dossier for one in sources] or [_new(Dossier, proposal)]
        if any(one.live for one in sources):
            Dossier.objects.filter(pk=first.pk).update(merged_into=None)
            Dossier.objects.filter(pk__in=[one.pk for one in others]).update(merged_into=first)
        if proposal.state == "reported_up":
            Dossier.objects.filter(pk=first.pk).update(lies_at=proposal.reported_to_id)
        Proposal.objects.filter(pk=proposal.pk).update(dossier=first)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing may be pending where a table is altered


def _new(dossiers, proposal):
    return dossiers.objects.create(
        number=proposal.number,
        origin_id=proposal.place_id,
        lies_at_id=proposal.place_id,
        opened_on=proposal.created_at.date(),
    )


def dossier(**options):
    return models.ForeignKey("dossiers.dossier", PROTECT, related_name="proposals", **options)


class Migration(migrations.Migration):
    dependencies = [("suggestions", "0007_dossier"), ("proposals", "0002_one_of_a_kind")]

    operations = [
        migrations.AddField("proposal", "dossier", dossier(null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField("proposal", "dossier", dossier()),
    ]
