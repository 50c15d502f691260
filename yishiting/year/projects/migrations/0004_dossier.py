"""Each project lies in the file of its proposal."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery
from django.db.models.deletion import PROTECT


def fill(apps, schema_editor):
    Proposal, Project = apps.get_model("proposals", "Proposal"), apps.get_model("projects", "Project")
    file = Proposal.objects.filter(pk=OuterRef("proposal")).values("dossier")
    Project.objects.update(dossier=Subquery(file))
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing may be pending where a table is altered


def dossier(**options):
    return models.ForeignKey("dossiers.dossier", PROTECT, related_name="projects", **options)


class Migration(migrations.Migration):
    dependencies = [("proposals", "0003_dossier"), ("projects", "0003_paper_signature")]

    operations = [
        migrations.AddField("project", "dossier", dossier(null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField("project", "dossier", dossier()),
    ]
