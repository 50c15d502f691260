"""What councils have to say when two accounts are to be joined, and whom they know by name."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.names import same_name
from yishiting.ground.common.refused import Refused
from yishiting.ground.places.models import Place
from yishiting.year.councils.models import Candidate, Representative
from yishiting.year.councils.queries import serving_here
from yishiting.year.councils.states import CandidateState

OUT = (CandidateState.WITHDRAWN, CandidateState.DISQUALIFIED)


def names_of_representatives(place: Place) -> Iterable[str]:
    """Those who serve on the council of a place are known there by name."""
    return serving_here(place, timezone.localdate()).values_list("name", flat=True)


def refuse_two_seats(sender: type[Person], person: Person, former: Person, name: str, **_more: Any) -> None:
    """One person has one seat in a term and stands once in an election, under the name on their papers."""
    seats = list(Representative.objects.filter(person__in=(person, former)).select_related("term"))
    serving = [one for one in seats if one.serves(timezone.localdate())]
    if len({one.term_id for one in serving}) < len(serving):
        raise Refused(_("两个账号都是本届议事代表，不是同一个人的账号，不能合并。关联错了的，请先改正代表的账号。"))
    standing = Candidate.objects.filter(person__in=(person, former)).exclude(state__in=OUT)
    whole = list(standing.values_list("constituency__term", "by_election"))
    if len(set(whole)) < len(whole):
        raise Refused(_("两个账号都是同一次选举的候选人，不能合并。请先核对候选人登记。"))
    for known in (*(one.name for one in seats), *(one.name for one in standing)):
        if not same_name(known, name):
            raise Refused(_("证件上的姓名和账号上代表、候选人的姓名不一致，不能合并。请核对姓名和号码。"), field="name")
