"""Candidates: reviewed by the desk, published with only what they agreed to."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import ModelSchema, Router, Schema

from yishiting.doors.api.v1.base import actor_of, load, needs
from yishiting.doors.api.v1.declared import SHAPES, operations
from yishiting.doors.api.v1.shapes import Standing
from yishiting.doors.common.reach import candidates_phone
from yishiting.ground.organisations.permissions import reads_here
from yishiting.instruments.publicity.states import State as NoticeState
from yishiting.methods.strokes import by_strokes
from yishiting.year.councils.choices import Publishable, Route
from yishiting.year.councils.models import Candidate
from yishiting.year.councils.permissions import the_candidate
from yishiting.year.councils.published import shown, shown_name
from yishiting.year.councils.queries import Whole, candidates_of
from yishiting.year.councils.states import CandidateState

router = Router(tags=["议事协商会 councils"])
RELATED = ("place", "constituency__term__place", "constituency__place", "by_election", "person")
UNPUBLISHED = (CandidateState.NOMINATED, CandidateState.DISQUALIFIED)


class CandidateOut(Schema):
    """A candidate as everyone may read them; what they did not agree to is a dash."""

    constituency: str
    name: str
    gender: str
    birth_year: str
    unit: str
    introduction: str
    route: Route
    withdrawn: bool

    @staticmethod
    def resolve_constituency(candidate: Candidate) -> str:
        """For which seats they stand."""
        return candidate.constituency.name

    @staticmethod
    def resolve_name(candidate: Candidate) -> str:
        """The name, or the surname with stars."""
        return shown_name(candidate)

    @staticmethod
    def resolve_gender(candidate: Candidate) -> str:
        """Only with consent."""
        return shown(candidate, Publishable.GENDER)

    @staticmethod
    def resolve_birth_year(candidate: Candidate) -> str:
        """Only with consent."""
        return shown(candidate, Publishable.BIRTH_YEAR)

    @staticmethod
    def resolve_unit(candidate: Candidate) -> str:
        """Only with consent."""
        return shown(candidate, Publishable.UNIT)

    @staticmethod
    def resolve_introduction(candidate: Candidate) -> str:
        """Only with consent."""
        return shown(candidate, Publishable.INTRODUCTION)

    @staticmethod
    def resolve_withdrawn(candidate: Candidate) -> bool:
        """Whether they have stepped back since."""
        return candidate.state == CandidateState.WITHDRAWN


class CandidateOwn(ModelSchema, Standing):
    """A candidacy as the candidate themselves reads it."""

    constituency_id: UUID
    identities: list[str]
    route: Route
    publishes: list[str]

    class Meta:
        model = Candidate
        fields = [
            "name", "birth_year", "gender", "unit", "introduction", "consents_to_publication", "consented_on",
            "review_note",
        ]  # fmt: skip


class CandidateAtDesk(CandidateOwn):
    """The whole form, for the desk."""

    phone: str
    proposed_by: str
    has_account: bool

    @staticmethod
    def resolve_phone(candidate: Candidate, context: dict[str, Any]) -> str:
        """Masked for the offices above, who do not call."""
        return candidates_phone(actor_of(context["request"]), candidate)

    @staticmethod
    def resolve_has_account(candidate: Candidate) -> bool:
        """Whether the candidate can sign in."""
        return candidate.person_id is not None


def published(whole: Whole) -> list[Candidate]:
    """The candidates an election has published, by constituency and strokes; none while no notice of them stands."""
    notice = whole.notice
    if notice is None or notice.posted_on > timezone.localdate() or notice.state == NoticeState.WITHDRAWN:
        return []
    rows = candidates_of(whole).exclude(state__in=UNPUBLISHED)
    return sorted(rows, key=lambda one: (one.constituency.position, by_strokes(one.name)))


@router.get("/{uuid:pk}", response=CandidateAtDesk, summary="候选人登记表")
def candidate(request: HttpRequest, pk: UUID) -> Candidate:
    """One candidate with the whole form, for the desk."""
    kept = load(Candidate, pk, *RELATED)
    needs(request, reads_here, kept)
    return kept


@router.get("/{uuid:pk}/mine", response=CandidateOwn, summary="我的参选登记")
def mine(request: HttpRequest, pk: UUID) -> Candidate:
    """One's own candidacy."""
    kept = load(Candidate, pk, *RELATED)
    needs(request, the_candidate, kept)
    return kept


#: What a verb gives back is read by the candidate too.
SHAPES[Candidate] = CandidateOwn
operations(router, Candidate, related=RELATED)
