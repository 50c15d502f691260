"""Reading reviews."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.places.models import Place
from yishiting.ground.places.queries import acted_for
from yishiting.instruments.ballots.models import Poll
from yishiting.instruments.ballots.states import State as PollState
from yishiting.year.agreements.models import Agreement
from yishiting.year.agreements.queries import heard_in
from yishiting.year.evaluation.models import Review, ThirdParty
from yishiting.year.evaluation.states import State, ThirdPartyState
from yishiting.year.meetings.models import Meeting
from yishiting.year.meetings.states import ItemState
from yishiting.year.meetings.states import State as MeetingState
from yishiting.year.projects.models import Project
from yishiting.year.projects.states import State as ProjectState
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.states import State as ProposalState

TO_COME = (MeetingState.PLANNED, MeetingState.CONVENED, MeetingState.OPEN)


def without_result(poll: Poll) -> bool:
    """Whether it was counted and too few valid ballots came in for a percentage: those present rate once more."""
    return poll.state == PollState.COUNTED and poll.result["passed"] is None


def to_be_reviewed(place: Place) -> QuerySet[Project]:
    """Accepted projects of a place that no review meeting has before it; what was put off there is listed again."""
    before_it = Review.objects.filter(state=State.LISTED, meeting__state__in=TO_COME)
    listed = before_it.exclude(agenda_item__state__in=(ItemState.PUT_OFF, ItemState.WITHDRAWN)).values("project")
    return (
        Project.objects.filter(place__in=acted_for(place), state=ProjectState.ACCEPTED)
        .exclude(pk__in=listed)
        .select_related("place")
    )


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing the review meeting hears of besides the finished projects: under which word, and how it stands."""

    kind: Sentence
    thing: Proposal | Project | Agreement
    words: str


#: How a proposal stands that is heard of at the end of the year.
OF_PROPOSALS: Mapping[str, Sentence] = {
    ProposalState.REPORTED_UP: gettext_lazy("已报送上级，等待答复"),
    ProposalState.TAKEN_ON: gettext_lazy("由上级办理"),
    ProposalState.PASSED_ON: gettext_lazy("已转给有关单位或别的地方"),
    ProposalState.HANDED_DOWN: gettext_lazy("上级交办，等本地同意"),
    ProposalState.PENDING: gettext_lazy("待定"),
    ProposalState.NOT_NOW: gettext_lazy("暂不办理"),
    ProposalState.NOT_FEASIBLE: gettext_lazy("上级答复不可行"),
    ProposalState.ADOPTED: gettext_lazy("已通过，还没有立项"),
    ProposalState.DECLINED: gettext_lazy("没有通过"),
}
UNFINISHED = (
    ProjectState.PLANNING,
    ProjectState.PUBLICISED,
    ProjectState.UNDERWAY,
    ProjectState.RECTIFYING,
    ProjectState.COMPLETED,
)


def heard_besides(place: Place, year: int) -> list[Heard]:
    """What the council dealt with by the end of a year and no project of it is reviewed: none of it is passed over.

    What was put off or declined is heard of in its own year, all else until it comes to an end.
    """
    over = Q(state__in=(ProposalState.NOT_NOW, ProposalState.NOT_FEASIBLE, ProposalState.DECLINED))
    proposals = Proposal.objects.filter(
        ~over | Q(decided_on__year=year) | Q(dossier__referrals__answered_on__year=year),
        place__in=acted_for(place),
        year__lte=year,
        state__in=list(OF_PROPOSALS),
        agreement=None,
    ).filter(Q(projects=None) | ~Q(state=ProposalState.ADOPTED))
    stopped = Q(state=ProjectState.STOPPED, year=year)
    works = Project.objects.filter(stopped | Q(state__in=UNFINISHED), place__in=acted_for(place), year__lte=year)
    return [
        *(
            Heard(OF_PROPOSALS[one.state], one, one.conditions or one.decision_reason)
            for one in proposals.distinct().order_by("state", "number")
        ),
        *(Heard(one.get_state_display(), one, one.stop_reason) for one in works.order_by("state", "number")),
        *(Heard(_("公约"), one, str(one.get_state_display())) for one in heard_in(place, year)),
    ]


def reviews_of(meeting: Meeting) -> QuerySet[Review]:
    """The reviews of a meeting in the order of its agenda."""
    rows = Review.objects.filter(meeting=meeting).select_related("project", "place", "poll", "agenda_item", "notice")
    return rows.order_by("agenda_item__position")


def unpublished(meeting: Meeting) -> list[Review]:
    """What the meeting declared and nobody made public yet."""
    return [one for one in reviews_of(meeting) if one.state != State.LISTED and one.notice is None]


def to_be_published(place: Place) -> QuerySet[Meeting]:
    """The meetings of a place whose results can go out: something is declared, and a sitting has nothing left to declare."""
    here = Review.objects.filter(meeting=OuterRef("pk"))
    still_sitting = Q(state=MeetingState.OPEN) & Exists(here.filter(state=State.LISTED))
    declared = Exists(here.filter(notice=None).exclude(state=State.LISTED))
    return Meeting.objects.filter(declared, place=place).exclude(still_sitting)


def not_yet_public(meeting: Meeting) -> str:
    """Why the results wait: they go out together, so while the meeting sits, every project on its list needs one."""
    left = sum(one.state == State.LISTED for one in reviews_of(meeting))
    if not left or meeting.state != MeetingState.OPEN:
        return ""
    return _("还有 %(n)s 个项目没有宣布评议结果。请逐项宣布，或先散会，再一起公示。") % {"n": left}


def evaluations_of(projects: Iterable[Project]) -> "QuerySet[ThirdParty]":
    """What third parties were asked about these projects, oldest first; withdrawn invitations are left out."""
    rows = ThirdParty.objects.filter(project__in=list(projects)).exclude(state=ThirdPartyState.WITHDRAWN)
    return rows.select_related("place", "project__place")


def asked_of(person: Person, today: date) -> "QuerySet[ThirdParty]":
    """What this person is asked to evaluate, while its day has not passed."""
    rows = ThirdParty.objects.filter(evaluator=person, until__gte=today).exclude(state=ThirdPartyState.WITHDRAWN)
    return rows.select_related("place", "project")
