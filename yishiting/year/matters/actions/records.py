"""Writing down what a body decided. Not a verb: verbs call it."""

from datetime import date

from django.utils import timezone

from yishiting.ground.seasons.queries import rules_for
from yishiting.year.matters.choices import Body, Verdict
from yishiting.year.matters.models import Decision, Matter


def note_decision(
    matter: Matter, body: Body, verdict: Verdict, text: str = "", *, on: date | None = None, paper: str = ""
) -> Decision:
    """A decision in its own row, with the rules of its day."""
    return Decision.objects.create(
        matter=matter,
        place=matter.place,
        body=body,
        verdict=verdict,
        held_on=on or timezone.localdate(),
        paper=paper,
        text=text,
        rules_label=rules_for(matter.place).label,
    )
