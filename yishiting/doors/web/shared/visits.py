"""Site visits and what the proposers said, as a page shows them: at the desk with what may be done, to everyone without."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.doors.web.shared.declared import buttons
from yishiting.doors.web.shared.photos import Hung, hung
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button
from yishiting.ground.files.queries import files_of_each
from yishiting.year.proposals.models import Proposal
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.visits.models import CouncilQuestion, Reply, SentDraft, SiteVisit
from yishiting.year.visits.queries import UNDECIDED, not_replied, questions_of, replies_of, visits_of
from yishiting.year.visits.states import QuestionState


@dataclass(frozen=True, slots=True)
class Asked:
    """One draft with the replies to it and, at the desk, those nobody has heard yet."""

    draft: SentDraft
    replies: list[tuple[Reply, list[Button]]]
    waiting: Sequence[Suggestion] = ()
    buttons: Sequence[Button] = ()

    @property
    def is_over(self) -> bool:
        """Whether the days for replying have passed."""
        return bool(self.draft.due < timezone.localdate())


@dataclass(frozen=True, slots=True)
class Heard:
    """All that was seen on the spot and said by the proposers of one proposal, and by the councils of communities."""

    visits: list[tuple[SiteVisit, list[Button], Hung]]
    before: list[tuple[Reply, list[Button]]]
    asked: list[Asked]
    councils: list[tuple[CouncilQuestion, list[Button]]]

    def __bool__(self) -> bool:
        return bool(self.visits or self.before or self.asked or self.councils)


def heard_by_everyone(proposals: Sequence[Proposal]) -> Heard | None:
    """What everyone reads of all that was seen and said about a matter: no photographs, no buttons."""
    if not proposals:
        return None
    replies = [(one, list[Button]()) for one in replies_of(*proposals)]
    visits = [(one, list[Button](), hung([], "")) for one in visits_of(*proposals)]
    sent = SentDraft.objects.filter(proposal__in=proposals) if replies else []
    asked = [Asked(one, _to(one, replies)) for one in sent]
    said = [(one, list[Button]()) for one in questions_of(*proposals).filter(state=QuestionState.ANSWERED)]
    return Heard(visits, _to(None, replies), asked, said)


def heard_at_desk(request: Request, proposal: Proposal) -> Heard:
    """What the desk reads of it, with what may be done."""

    def doing(thing: SiteVisit | Reply | SentDraft | CouncilQuestion, verb: str) -> list[Button]:
        return buttons(request, thing, verb, asleep=False, room="desk")

    visits, replies = list(visits_of(proposal)), [(one, doing(one, "reply.withdraw")) for one in replies_of(proposal)]
    files = files_of_each(visits)
    shown = [(one, doing(one, "visit.withdraw"), hung(files[str(one.pk)], _("踏勘"))) for one in visits]
    sent = list(proposal.sent_drafts.select_related("proposal", "place"))
    waiting = not_replied(sent[-1]) if sent and proposal.state in UNDECIDED else []
    asked = [
        Asked(one, _to(one, replies), waiting if one == sent[-1] else (), doing(one, "draft.note")) for one in sent
    ]
    councils = [(one, doing(one, "council_question.withdraw")) for one in questions_of(proposal)]
    return Heard(shown, _to(None, replies), asked, councils)


def _to(draft: SentDraft | None, replies: list[tuple[Reply, list[Button]]]) -> list[tuple[Reply, list[Button]]]:
    key = draft.pk if draft is not None else None
    return [pair for pair in replies if pair[0].draft_id == key]
