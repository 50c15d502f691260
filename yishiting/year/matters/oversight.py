"""督查: what of the district's matters has a day, which units owe it, and when that is said."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Subquery

from yishiting.ground.common.models import BaseRecord
from yishiting.ground.organisations.models import Organisation
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.queries import rules_for
from yishiting.year.matters.choices import Role
from yishiting.year.matters.models import Dispatch, Matter, Opinion, Reminder
from yishiting.year.matters.queries import dispatches_of
from yishiting.year.matters.states import DispatchState, OpinionState, State

#: What the bodies have decided stands on the oversight list until it is over.
OVERSEEN = (State.DECIDED, State.PUBLICISED, State.DISPATCHED, State.UNDERWAY, State.ANSWERED, State.PLANNED)
#: The units have it in hand, or it is about to come back to them.
IN_HAND = (State.DISPATCHED, State.UNDERWAY, State.PLANNED)
AT_WORK = (State.DISPATCHED, State.UNDERWAY)


@dataclass(frozen=True, slots=True)
class Owed:
    """Something of a matter that has a day; `units` owe it, and where there are none the office does."""

    matter: Matter
    row: BaseRecord
    what: str
    due: date
    units: tuple[Organisation, ...] = ()

    @property
    def place(self) -> Place:
        """The district."""
        return self.matter.place


def owed_until(place: Place, day: date) -> Iterator[Owed]:
    """Everything of a district that has a day no later than this one."""
    asked = Opinion.objects.filter(place=place, state=OpinionState.ASKED, due__lte=day)
    sent = Dispatch.objects.filter(place=place, state=DispatchState.SENT, matter__state__in=AT_WORK, due__lte=day)
    back = Dispatch.objects.filter(place=place, state=DispatchState.RETURNED, ruling_due__lte=day)
    for one in asked.select_related("matter__place", "unit"):
        yield Owed(one.matter, one, "出具论证意见", one.due, (one.unit,))
    for sending in sent.select_related("matter__place", "unit"):
        yield Owed(sending.matter, sending, "会签或退回分派", sending.due, (sending.unit,))
    for returned in back.select_related("matter__place", "unit"):
        yield Owed(returned.matter, returned, f"裁定{returned.unit}退回的分派", returned.ruling_due or day)
    yield from _matters_until(place, day)


def _matters_until(place: Place, day: date) -> Iterator[Owed]:
    says = {State.DISPATCHED: "制定方案并办结", State.UNDERWAY: "办结并答复", State.PLANNED: "看条件是否具备，再办"}
    rows = Matter.objects.filter(place=place).select_related("place")
    for one in rows.filter(state__in=IN_HAND, due__lte=day):
        units = tuple(row.unit for row in dispatches_of(one))
        yield Owed(one, one, says[State(one.state)], one.due or day, units)
    alert = timedelta(days=_rule(place, "matter.pending_alert_days"))
    for one in rows.filter(state=State.PENDING, pending_since__lte=day - alert):
        yield Owed(one, one, "召开专题协商会", (one.pending_since or day) + alert)


def longest_ahead(place: Place) -> int:
    """So many days before its day something is said to be due."""
    return _rule(place, "matter.remind_days_before")


def stage_of(owed: Owed, today: date) -> str:
    """At which stage it is: before its day once, afterwards once in so many days; nothing while it is far ahead."""
    left = (owed.due - today).days
    if left >= 0:
        return "before" if left <= longest_ahead(owed.place) else ""
    return f"late{(-left - 1) // _rule(owed.place, 'matter.remind_every_days')}"


def _rule(place: Place, name: str) -> int:
    return rules_for(place).number(name)


def overseen_at(place: Place) -> "QuerySet[Matter]":
    """The oversight list of a district: what was decided and is not over, the first due first."""
    lead = Dispatch.objects.filter(matter=OuterRef("pk"), role=Role.LEAD).exclude(state=DispatchState.REPLACED)
    reminded = Reminder.objects.filter(matter=OuterRef("pk")).order_by("-sent_on")
    rows = Matter.objects.filter(place=place, state__in=OVERSEEN).annotate(
        lead_name=Subquery(lead.values("unit__name")[:1], output_field=CharField()),
        reminded_on=Subquery(reminded.values("sent_on")[:1]),
    )
    return rows.select_related("place").order_by(F("due").asc(nulls_last=True), "received_on")


def past_its_day(today: date) -> Q:
    """The units have it in hand and its day, or that of a countersignature, has passed."""
    silent = Dispatch.objects.filter(matter=OuterRef("pk"), state=DispatchState.SENT, due__lt=today)
    return Q(state__in=AT_WORK) & (Q(due__lt=today) | Q(Exists(silent)))


def to_be_reminded(place: Place, today: date) -> "QuerySet[Matter]":
    """What is past its day and about which nobody has been reminded within the days the rulebook names."""
    since = today - timedelta(days=_rule(place, "matter.remind_every_days"))
    lately = Reminder.objects.filter(matter=OuterRef("pk"), sent_on__gt=since)
    return Matter.objects.filter(past_its_day(today), ~Exists(lately), place=place)
