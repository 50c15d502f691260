import uuid

import django.db.models.deletion
from django.db import migrations, models

import yishiting.ground.common.models


def from_the_one_proposal(apps, schema_editor):
    """Each project there is rests on the proposal it was opened from, and is the first of it."""
    project, basis = apps.get_model("projects", "Project"), apps.get_model("projects", "Basis")
    rows = project.objects.values_list("pk", "proposal_id", "created_at")
    basis.objects.bulk_create(
        [basis(project_id=pk, proposal_id=proposal, created_at=at) for pk, proposal, at in rows.iterator()],
        batch_size=500,
    )


def to_the_one_proposal(apps, schema_editor):
    """The first of several; what rests on more cannot be told by one field."""
    project, basis = apps.get_model("projects", "Project"), apps.get_model("projects", "Basis")
    for one in basis.objects.order_by("-further", "-created_at"):
        project.objects.filter(pk=one.project_id).update(proposal_id=one.proposal_id)


RECORD = [
    ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
    ("revision", models.PositiveIntegerField(default=0, editable=False, verbose_name="版次")),
    (
        "created_at",
        models.DateTimeField(
            default=yishiting.ground.common.models.moment, editable=False, verbose_name="登记时间"
        ),
    ),
]


def to_one(related_name, model):
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name=related_name, to=model)


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0008_led_by_a_section"),
        ("proposals", "0008_source_from_below"),
    ]

    operations = [
        migrations.CreateModel(
            name="Basis",
            fields=[
                *RECORD,
                ("further", models.BooleanField(default=False, editable=False, verbose_name="另外立的项目")),
                ("project", to_one("bases", "projects.project")),
                ("proposal", to_one("bases", "proposals.proposal")),
            ],
            options={"verbose_name": "立项依据", "ordering": ["created_at"]},
        ),
        migrations.CreateModel(
            name="FormerBasis",
            fields=[
                *RECORD,
                ("until", models.DateField(verbose_name="撤回日期")),
                ("reason", models.TextField(verbose_name="为什么撤回")),
                ("project", to_one("former_bases", "projects.project")),
                ("proposal", to_one("former_bases", "proposals.proposal")),
            ],
            options={"verbose_name": "撤回的立项依据", "ordering": ["created_at"]},
        ),
        migrations.AddConstraint(
            model_name="basis",
            constraint=models.UniqueConstraint(
                fields=("project", "proposal"),
                name="basis_once",
                violation_error_message="这件建议案已经是这个项目的依据，不用再加。",
            ),
        ),
        migrations.AddConstraint(
            model_name="basis",
            constraint=models.UniqueConstraint(
                condition=models.Q(("further", False)),
                fields=("proposal",),
                name="basis_first_project_once",
                violation_error_message="这件建议案已经立项，不必再立。请刷新页面，在那个项目上办理。",
            ),
        ),
        migrations.RunPython(from_the_one_proposal, to_the_one_proposal),
        migrations.RemoveField(model_name="project", name="proposal"),
        migrations.AddField(
            model_name="project",
            name="proposals",
            field=models.ManyToManyField(
                related_name="projects", through="projects.Basis", to="proposals.proposal"
            ),
        ),
    ]
