"""Who proposed a matter, who has replied to its draft, and what waits for a reply."""

from django.db.models import OuterRef, QuerySet, Subquery

from yishiting.ground.accounts.models import Person
from yishiting.ground.places.models import Level, Place
from yishiting.year.meetings.models import Meeting
from yishiting.year.meetings.states import AFTERWARDS
from yishiting.year.meetings.states import State as MeetingState
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.queries import mains_of, whole_above
from yishiting.year.proposals.states import State as ProposalState
from yishiting.year.suggestions.actions.telling import by_person, who_said
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.queries.clusters import clusters_of, head_of
from yishiting.year.visits.models import CouncilQuestion, Reply, SentDraft, SiteVisit
from yishiting.year.visits.states import QuestionState

#: The text is still to be decided on.
UNDECIDED = (ProposalState.DRAFTED, ProposalState.TABLED, ProposalState.PENDING)


def proposers_of(proposal: Proposal) -> list[Suggestion]:
    """Every suggestion a proposal rests on, those merged into its sources and those of proposals it joins too."""
    mains = list(mains_of(proposal).select_related("place", "proposer").order_by("receipt"))
    return [one for cluster in clusters_of(mains).values() for one in cluster]


def visits_of(*proposals: Proposal) -> "QuerySet[SiteVisit]":
    """The visits that stand, oldest first."""
    return SiteVisit.objects.filter(proposal__in=proposals, withdrawn_on=None).select_related("place", "proposal")


def replies_of(*proposals: Proposal) -> "QuerySet[Reply]":
    """What was said and stands, oldest first."""
    rows = Reply.objects.filter(proposal__in=proposals, withdrawn_on=None)
    return rows.select_related("suggestion", "draft", "place", "proposal")


def sent_as_it_reads(proposal: Proposal) -> SentDraft | None:
    """The draft about the very text the proposal has now."""
    rows = SentDraft.objects.filter(
        proposal=proposal, title=proposal.title, situation=proposal.situation, measures=proposal.measures
    )
    return rows.first()


def not_replied(draft: SentDraft) -> list[Suggestion]:
    """One suggestion of each proposer nobody has heard about this draft."""
    heard = Reply.objects.filter(draft=draft, withdrawn_on=None).select_related("suggestion")
    known = {who_said(one.suggestion) for one in heard}
    people = [one for one, _receipts in by_person(proposers_of(draft.proposal))]
    return [one for one in people if who_said(one) not in known]


def drafts_to_reply_to(person: Person) -> "QuerySet[SentDraft]":
    """Drafts this person is asked about, as a proposer, and has not replied to; of each proposal the newest."""
    newest = SentDraft.objects.filter(proposal=OuterRef("proposal")).order_by("-version").values("pk")[:1]
    mine = list(Suggestion.objects.filter(proposer=person).select_related("merged_into__merged_into"))
    rests_on_mine = whole_above({head_of(one).pk for one in mine})
    rows = SentDraft.objects.filter(proposal__in=rests_on_mine, proposal__state__in=UNDECIDED, pk=Subquery(newest))
    replied = Reply.objects.filter(suggestion__in=mine, draft__isnull=False, withdrawn_on=None)
    return rows.exclude(pk__in=replied.values("draft")).distinct().select_related("place", "proposal")


def draft_asked_of(suggestion: Suggestion) -> SentDraft | None:
    """The newest draft whoever said this is asked about and that is still to be decided on; of several the latest."""
    rests_on_it = whole_above({head_of(suggestion).pk})
    rows = SentDraft.objects.filter(proposal__in=rests_on_it, proposal__state__in=UNDECIDED)
    return rows.select_related("place", "proposal__place").order_by("-asked_on", "-version").first()


def replies_with(suggestion: Suggestion) -> "QuerySet[Reply]":
    """What whoever said this replied to drafts, and stands."""
    rows = Reply.objects.filter(suggestion=suggestion, withdrawn_on=None, draft__isnull=False)
    return rows.select_related("draft", "place", "proposal")


def is_proposer(person: Person, proposal: Proposal) -> bool:
    """Whether one of the suggestions the proposal rests on is this person's."""
    return any(one.proposer_id == person.pk for one in proposers_of(proposal))


def councils_below(place: Place) -> "QuerySet[Place]":
    """The communities of a place whose council is registered."""
    below = Place.objects.under(place).filter(level=Level.COMMUNITY, valid_to=None, council__isnull=False)
    return below.order_by("division_path")


def held_meetings(place: Place) -> "QuerySet[Meeting]":
    """The meetings of a council that have begun, newest first."""
    rows = Meeting.objects.filter(place=place, state__in=(MeetingState.OPEN, *AFTERWARDS))
    return rows.order_by("-starts_at")


def questions_of(*proposals: Proposal) -> "QuerySet[CouncilQuestion]":
    """What the councils of communities were asked about these and have said, those taken back left out."""
    rows = CouncilQuestion.objects.filter(proposal__in=proposals).exclude(state=QuestionState.WITHDRAWN)
    return rows.select_related("asked_at", "meeting", "place", "proposal__place")


def to_be_discussed(place: Place) -> "QuerySet[CouncilQuestion]":
    """What the council of a community is asked and has not said."""
    return CouncilQuestion.objects.filter(asked_at=place, state=QuestionState.ASKED)
