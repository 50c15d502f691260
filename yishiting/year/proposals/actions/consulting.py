"""Asking everybody about a proposal before the council decides."""

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.year.consultations.actions import draft_consultation
from yishiting.year.consultations.actions.preparing import CLOSES, OPENS, QUESTION, TITLE
from yishiting.year.consultations.models import Consultation
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.permissions import MAY


@verb(
    "proposal.consult",
    _("请大家表态"),
    MAY,
    before=_("会上列为待定的事，可以先请大家表态，结果带回会上。"),
    done=_("已起草。再写几条看法，就可以开始征求。"),
)
def consult_on(
    proposal: Proposal,
    *,
    by: Actor,
    title: Annotated[str, TITLE],
    question: Annotated[str, QUESTION],
    opens: Annotated[date, OPENS],
    closes: Annotated[date, CLOSES],
) -> Consultation:
    """Draft a consultation about a proposal that is being deliberated; its result goes back to the meeting."""
    made = draft_consultation(
        proposal.place, by=by, title=title, question=question, opens=opens, closes=closes, subject=proposal
    )
    write_entry(proposal, consultation=str(made.pk))
    return made
