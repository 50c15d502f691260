"""What waits of the district's matters: at the two work committees, at the office of the leading group, at the units."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from yishiting.ground.accounts.models import Person
from yishiting.ground.organisations.models import Office
from yishiting.ground.organisations.queries import offices_of
from yishiting.ground.organisations.rules import OF_THE_LINE
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.queries import rules_for
from yishiting.instruments.publicity.states import State as NoticeState
from yishiting.overview.cycle.rows import Rows, row_of, told
from yishiting.overview.cycle.shapes import Wait
from yishiting.year.matters.choices import Role
from yishiting.year.matters.models import Contact, Dispatch, Matter, Opinion, Special
from yishiting.year.matters.oversight import AT_WORK, to_be_reminded
from yishiting.year.matters.queries import SPEAKS_FOR_THEM, to_take_in, units_of_person
from yishiting.year.matters.states import DispatchState, OpinionState, State
from yishiting.year.meetings.states import ItemState

#: So many days before its day what was planned comes back.
BEFORE = timedelta(days=30)
#: More of one kind than this stand on the home as one line, which leads to their list.
MANY = 20
OURS = ("matter.", "opinion.", "special.", "dispatch.")
#: Each is a question of its own, and stands in no list.
ONE_BY_ONE = ("opinion.give",)


def at_the_committees(person: Person, today: date) -> list[Wait]:
    """What the work committee of a line has before it: to take in, to screen, to ask, to propose."""
    found = [
        wait
        for held in offices_of(person, today)
        for line, office in OF_THE_LINE.items()
        if held.office == office
        for wait in told(held.place, _of_a_line(held.place, line, today))
    ]
    return few(found)


def _of_a_line(place: Place, line: str, today: date) -> list[Rows]:
    rows = Matter.objects.filter(place=place, line=line)
    prepared = rows.filter(state=State.PREPARED)
    opinions = Opinion.objects.filter(matter=OuterRef("pk")).exclude(state=OpinionState.WITHDRAWN)
    asked = opinions.filter(state=OpinionState.ASKED)
    silent = Opinion.objects.filter(matter__line=line, place=place, state=OpinionState.ASKED, due__lt=today)
    return [
        row_of("matter.take_in", "proposal", to_take_in(place, line), "reported_on", "answer_by"),
        row_of("matter.screen", "matter", rows.filter(state=State.RECEIVED), "received_on", "due"),
        row_of("opinion.ask", "matter", prepared.filter(~Exists(opinions)), "received_on", "due"),
        row_of("opinion.lapse", "opinion", silent, "asked_on", "due", says="matter__title"),
        row_of("matter.propose", "matter", prepared.filter(Exists(opinions), ~Exists(asked)), "received_on", "due"),
    ]


def at_the_office(place: Place, today: date) -> list[Rows]:
    """What the office of the leading group has before it."""
    rows, since = Matter.objects.filter(place=place), "received_on"
    listed = ~Q(agenda_item=None) & ~Q(agenda_item__state__in=(ItemState.PUT_OFF, ItemState.WITHDRAWN))
    voted = Q(agenda_item__state=ItemState.DECIDED)
    approved = rows.filter(state=State.APPROVED)
    called = Special.objects.filter(verdict="", cancelled_because="")
    pending = rows.filter(state=State.PENDING).filter(~Exists(called.filter(matter=OuterRef("pk"))))
    public = rows.filter(state=State.PUBLICISED)
    fallen = (NoticeState.UPHELD, NoticeState.WITHDRAWN)
    returned = Dispatch.objects.filter(place=place, state=DispatchState.RETURNED)
    days = timedelta(days=rules_for(place, today).number("matter.pending_alert_days"))
    return [
        row_of("matter.pass_on", "matter", rows.filter(state=State.PROPOSED), since),
        row_of("matter.approve", "matter", rows.filter(state=State.REVIEWED), since),
        row_of("matter.table", "matter", approved.exclude(listed), since),
        row_of("matter.consult", "matter", approved.filter(voted), since),
        row_of("special.call", "matter", pending, "pending_since", F("pending_since") + days),
        row_of(
            "special.record",
            "special",
            called.filter(place=place, held_on__lte=today),
            "held_on",
            "held_on",
            says="matter__title",
        ),
        row_of("matter.endorse", "matter", rows.filter(state=State.AGREED), since),
        row_of("matter.decide", "matter", rows.filter(state=State.ENDORSED), since),
        row_of("matter.publicise", "matter", rows.filter(state=State.DECIDED), "decided_on"),
        row_of("matter.dispatch", "matter", public.filter(notice__state=NoticeState.CLEAR), "decided_on"),
        row_of("matter.reopen", "matter", public.filter(notice__state__in=fallen), "decided_on"),
        row_of("dispatch.rule", "dispatch", returned, "returned_on", "ruling_due", says="matter__title"),
        row_of("matter.close", "matter", _rated(rows, today), "rating_due"),
        row_of("matter.remind", "matter", to_be_reminded(place, today), "received_on", "due"),
        row_of("matter.take_up", "matter", rows.filter(state=State.PLANNED, due__lte=today + BEFORE), since, "due"),
    ]


def _rated(rows: QuerySet[Matter], today: date) -> QuerySet[Matter]:
    """What is answered and may be closed: the time to rate it is over, or everybody it came from has rated it."""
    return rows.filter(Q(rating_due__lt=today) | Q(rated_by_all=True), state=State.ANSWERED)


def few(waits: list[Wait]) -> list[Wait]:
    """Of what waits for one verb about matters the single lines, or one line for all where there are many."""
    groups: dict[tuple[str, str], list[Wait]] = defaultdict(list)
    for one in waits:
        groups[one.verb, one.place.code].append(one)
    return [
        line
        for (verb, _code), lines in groups.items()
        for line in (
            lines if len(lines) <= MANY or not verb.startswith(OURS) or verb in ONE_BY_ONE else [_together(lines)]
        )
    ]


def _together(lines: list[Wait]) -> Wait:
    first = min(lines, key=lambda one: (one.due or date.max, one.since))
    return replace(first, count=len(lines), kind="", pk="")


def at_the_units(person: Person, today: date) -> list[Wait]:
    """What waits for somebody who handles matters for a unit: opinions, dispatches, plans, answers."""
    units = units_of_person(person, today)
    places = {one.place for one in offices_of(person, today) if one.office == Office.HANDLING_OFFICER}
    return few([wait for place in places for wait in told(place, _of_units(place, units, today))]) if units else []


def _of_units(place: Place, units: set[Any], today: date) -> list[Rows]:
    asked = Opinion.objects.filter(place=place, unit__in=units, state=OpinionState.ASKED)
    sent = Dispatch.objects.filter(place=place, unit__in=units, state=DispatchState.SENT, matter__state__in=AT_WORK)
    led = Dispatch.objects.filter(
        matter=OuterRef("pk"), unit__in=units, role=Role.LEAD, state=DispatchState.COUNTERSIGNED
    )
    waiting = Dispatch.objects.filter(matter=OuterRef("pk"), state__in=(DispatchState.SENT, DispatchState.RETURNED))
    rows = Matter.objects.filter(Exists(led), place=place)
    at_work = rows.filter(state=State.UNDERWAY)
    planned = rows.filter(state=State.PLANNED, due__lte=today + BEFORE)
    spoken = Contact.objects.filter(
        withdrawn_on=None, matter=OuterRef("pk"), round=OuterRef("round"), whom__in=SPEAKS_FOR_THEM
    )
    signed = rows.filter(~Exists(waiting), state=State.DISPATCHED)
    return [
        row_of("opinion.give", "opinion", asked, "asked_on", "due", says="matter__title"),
        row_of("dispatch.countersign", "dispatch", sent, "sent_on", "due", says="matter__title"),
        row_of("matter.plan", "matter", signed, "decided_on"),
        row_of("matter.answer", "matter", at_work.filter(Exists(spoken)), "decided_on", "due"),
        row_of("matter.note_contact", "matter", at_work.filter(~Exists(spoken)), "decided_on", "due"),
        row_of("matter.take_up", "matter", planned, "received_on", "due"),
    ]
