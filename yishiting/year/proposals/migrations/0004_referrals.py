"""What was reported up before becomes a referral of its file; the place above may take a proposal on itself."""

from django.db import migrations


def fill(apps, schema_editor):
    Proposal, Referral = apps.get_model("proposals", "Proposal"), apps.get_model("dossiers", "Referral")
    Referral.objects.bulk_create(
        Referral(
            dossier_id=one.dossier_id,
            kind="up",
            from_place_id=one.place_id,
            to_place_id=one.reported_to_id,
            reason=one.report_reason,
            sent_on=one.reported_on,
            answered_on=one.answered_on if one.answer_from_above else None,
            answer=one.answer_from_above if one.answered_on else "",
            outcome=_outcome(one) if one.answered_on and one.answer_from_above else "",
        )
        for one in Proposal.objects.exclude(reported_on=None).exclude(reported_to=None)
    )
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing may be pending where a table is altered


def _outcome(proposal):
    return "not_now" if proposal.state == "not_now" else "sent_back"


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0001_initial"), ("proposals", "0003_dossier")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
