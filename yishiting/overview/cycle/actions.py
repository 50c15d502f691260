"""The daily command: what the calendar alone decides, what is late is said, and the day is signed. Safe to repeat."""

import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Annotated, Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.ground.accounts.actors import Clock
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.language import in_chinese
from yishiting.ground.common.parameters import FromWithin
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.transactions import in_transaction
from yishiting.ground.common.verbs import verb
from yishiting.ground.entrance.actions import purge
from yishiting.ground.files.actions import sweep
from yishiting.ground.ledger.actions import sign_day, write_entry
from yishiting.ground.notices.actions import gather_digests, tell
from yishiting.ground.notices.models import Audience
from yishiting.ground.organisations.models import Appointment
from yishiting.ground.organisations.rules import WORKING
from yishiting.ground.places.models import PlaceChange
from yishiting.ground.places.states import State as ChangeState
from yishiting.ground.rezoning.actions import take_effect
from yishiting.instruments.publicity.actions import close_notice, extend_notice
from yishiting.instruments.publicity.models import PublicNotice
from yishiting.instruments.publicity.queries import last_day_now
from yishiting.instruments.publicity.states import State as NoticeState
from yishiting.overview.cycle.board import late_ones, waiting_for
from yishiting.overview.cycle.models import DayStep
from yishiting.overview.cycle.permissions import MAY
from yishiting.overview.cycle.shapes import Wait
from yishiting.year.councils.actions import end_term
from yishiting.year.councils.models import Term
from yishiting.year.councils.states import State as TermState
from yishiting.year.matters.actions.overseeing import remind_of_owed
from yishiting.year.suggestions.actions import lapse
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.queries.place_index import going_stale
from yishiting.year.suggestions.states import State as SuggestionState
from yishiting.year.suggestions.tasks import compare_afresh

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Turned:
    """What turning the day did; `refused` and `failed` name the steps that could not be done, the others were."""

    day: str
    places_changed: int = 0
    notices_closed: int = 0
    notices_waiting: int = 0
    terms_ended: int = 0
    lapsed: int = 0
    reminded: int = 0
    overseen: int = 0
    digests: int = 0
    codes_removed: int = 0
    files_removed: int = 0
    compared: int = 0
    signed: bool = False
    refused: dict[str, str] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, object]:
        """Ready for JSON."""
        return asdict(self)


def run_daily(today: date) -> Turned:
    """Close what has run out, end what has ended, remind of what is late, sign the day; a second run changes nothing.

    A step that is refused does not stop the others; the last ones are done once a day, whoever else is at it.
    """
    turned = Turned(today.isoformat())
    steps: dict[str, Callable[[Turned, date], None]] = {
        "places": _change_places,
        "notices": _close_notices,
        "terms": _end_terms,
        "lapses": _lapse,
        "oversight": _oversee,
        "reminders": _remind,
        "digests": _gather,
        "likeness": _compare,
        "purge": _once(_purge, "purge"),
        "sweep": _once(_sweep, "sweep"),
        "turn": _once(_note, "turn"),
        "sign": _once(_sign, "sign"),
    }
    for name, step in steps.items():
        _try(name, step, turned, today)
    return turned


def _try(name: str, step: Callable[[Turned, date], None], turned: Turned, today: date) -> None:
    try:
        step(turned, today)
    except Refused as refusal:
        turned.refused[name] = str(refusal)
    except Exception:
        logger.exception("the step %s of %s failed", name, today)
        turned.failed.append(name)


def _once(step: Callable[[Turned, date], None], name: str) -> Callable[[Turned, date], None]:
    """Once a day: another that is at it is waited for, and then there is nothing left to do."""

    def run(turned: Turned, today: date) -> None:
        _row, first = DayStep.objects.get_or_create(day=today, name=name)
        if first:
            step(turned, today)

    return lambda turned, today: in_transaction(lambda: run(turned, today))


def _gather(turned: Turned, today: date) -> None:
    turned.digests = gather_digests(today)


def _compare(turned: Turned, _today: date) -> None:
    places = going_stale()
    for place in places:
        compare_afresh.enqueue(place)
    turned.compared = len(places)


def _purge(turned: Turned, today: date) -> None:
    turned.codes_removed = purge(today, by=Clock())


def _sweep(turned: Turned, today: date) -> None:
    turned.files_removed = sweep(today, by=Clock())


def _note(turned: Turned, today: date) -> None:
    note_day(today, by=Clock(), turned=turned)


def _sign(turned: Turned, today: date) -> None:
    sign_day(today, by=Clock())
    turned.signed = True


@verb("day.turn", gettext_lazy("每日办理"), MAY, internal="每日定时任务自己的一行")
def note_day(day: date, *, by: Clock, turned: Annotated[Turned, FromWithin(gettext_lazy("当天办了什么"))]) -> None:
    """Note what the daily command did."""
    write_entry(
        None,
        day=turned.day,
        notices_closed=turned.notices_closed,
        terms_ended=turned.terms_ended,
        reminded=turned.reminded,
    )


def _change_places(turned: Turned, today: date) -> None:
    """What was registered to change today changes before all else, so that the day is theirs who go on."""
    for change in PlaceChange.objects.filter(state=ChangeState.WAITING, takes_effect__lte=today).order_by(
        "takes_effect"
    ):
        try:
            take_effect(change, by=Clock())
            turned.places_changed += 1
        except Refused as refusal:
            turned.refused[f"place change {change.pk}"] = str(refusal)


def _close_notices(turned: Turned, today: date) -> None:
    """Those that new holidays lengthen run on; those with an unanswered objection wait, and the desk sees them."""
    for notice in PublicNotice.objects.filter(state=NoticeState.POSTED).select_related("place"):
        if last_day_now(notice) > notice.last_day:
            extend_notice(notice, by=Clock())
    for notice in PublicNotice.objects.filter(state=NoticeState.POSTED, last_day__lt=today).select_related("place"):
        try:
            close_notice(notice, by=Clock())
            turned.notices_closed += 1
        except Refused:
            turned.notices_waiting += 1


def _end_terms(turned: Turned, today: date) -> None:
    over = Q(ends__lt=today) | Q(place__valid_to__lte=today)
    for term in Term.objects.filter(over, state=TermState.SEATED).select_related("place__run_by"):
        try:
            end_term(term, by=Clock(), **_closed_with(term))
            turned.terms_ended += 1
        except Refused as refusal:
            turned.refused[f"term {term.pk}"] = str(refusal)


@in_chinese
def _closed_with(term: Term) -> dict[str, Any]:
    """A council ends with its place: on the last day of the place, for that reason."""
    place = term.place
    if place.valid_to is None or (term.ends is not None and term.ends < place.valid_to):
        return {}
    reason = f"{place.name}已停用，由{place.acting.name}接着办理。"
    return {"on": max(place.valid_to - timedelta(days=1), term.begins or place.valid_to), "reason": reason}


@in_chinese
def _lapse(turned: Turned, today: date) -> None:
    """What was sent back for more and stayed without it ends by itself; its proposer is told."""
    for one in Suggestion.objects.filter(state=SuggestionState.MORE_WORK, answer_due__lt=today).select_related("place"):
        try:
            lapse(one, by=Clock())
            turned.lapsed += 1
        except Refused as refusal:
            turned.refused[f"suggestion {one.receipt}"] = str(refusal)


@in_chinese
def _remind(turned: Turned, today: date) -> None:
    """One message a day to each person at whose desk something is late."""
    people = Person.objects.filter(
        pk__in=Appointment.objects.in_force(today).filter(office__in=WORKING).values("person")
    )
    for person in people:
        late = late_ones(waiting_for(person, today), today)
        if late:
            _tell_of(person, late, today)
            turned.reminded += 1


def _oversee(turned: Turned, today: date) -> None:
    """What the district has decided, is due soon or late: units, leaders and the office are told, each stage once."""
    turned.overseen = in_transaction(lambda: remind_of_owed(today))


def _tell_of(person: Person, late: list[Wait], today: date) -> None:
    count = sum(wait.count for wait in late)
    body = _("有%(n)s件事已经过了期限，最早的是“%(says)s”。") % {"n": count, "says": late[0].says}
    tell(
        person,
        once=f"late:{today}",
        template="late",
        subject=_("有事项超期"),
        body=body,
        audience=Audience.DESK,
    )
