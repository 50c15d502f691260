"""The daily command: what the calendar alone decides, what is late is said, and the day is signed. Safe to repeat."""

from dataclasses import asdict, dataclass
from datetime import date

from django.utils.translation import gettext as _

from yishiting.ground.accounts.actors import Clock
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.language import in_chinese
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.entrance.actions import purge
from yishiting.ground.files.actions import sweep
from yishiting.ground.ledger.actions import sign_day, write_entry
from yishiting.ground.ledger.models import Checkpoint, Entry
from yishiting.ground.notices.actions import gather_digests, tell
from yishiting.ground.notices.models import Audience
from yishiting.ground.organisations.models import COMMUNITY_OFFICES, Appointment
from yishiting.instruments.publicity.actions import close_notice
from yishiting.instruments.publicity.models import PublicNotice
from yishiting.instruments.publicity.states import State as NoticeState
from yishiting.overview.cycle.board import late_ones, waiting_for
from yishiting.overview.cycle.permissions import MAY
from yishiting.year.councils.actions import end_term
from yishiting.year.councils.models import Term
from yishiting.year.councils.states import State as TermState


@dataclass(slots=True)
class Turned:
    """What turning the day did."""

    day: str
    notices_closed: int = 0
    notices_waiting: int = 0
    terms_ended: int = 0
    reminded: int = 0
    digests: int = 0
    codes_removed: int = 0
    files_removed: int = 0
    signed: bool = False

    def as_dict(self) -> dict[str, object]:
        """Ready for JSON."""
        return asdict(self)


def run_daily(today: date) -> Turned:
    """Close what has run out, end what has ended, remind of what is late, sign the day; a second run changes nothing."""
    turned = Turned(today.isoformat())
    _close_notices(turned, today)
    _end_terms(turned, today)
    turned.reminded = _remind(today)
    turned.digests = gather_digests(today)
    if not Entry.objects.filter(verb="day.turn", facts__day=turned.day).exists():
        turned.codes_removed = purge(today, by=Clock())
        turned.files_removed = sweep(today, by=Clock())
        note_day(today, by=Clock(), turned=turned)
    if not Checkpoint.objects.filter(day=today).exists():
        sign_day(today, by=Clock())
        turned.signed = True
    return turned


@verb("day.turn", "每日办理", MAY)
def note_day(day: date, *, by: Clock, turned: Turned) -> None:
    """Note what the daily command did."""
    write_entry(
        None,
        day=turned.day,
        notices_closed=turned.notices_closed,
        terms_ended=turned.terms_ended,
        reminded=turned.reminded,
    )


def _close_notices(turned: Turned, today: date) -> None:
    """Those with an unanswered objection wait; the desk sees them."""
    for notice in PublicNotice.objects.filter(state=NoticeState.POSTED, last_day__lt=today).select_related("place"):
        try:
            close_notice(notice, by=Clock())
            turned.notices_closed += 1
        except Refused:
            turned.notices_waiting += 1


def _end_terms(turned: Turned, today: date) -> None:
    for term in Term.objects.filter(state=TermState.SEATED, ends__lt=today).select_related("place"):
        end_term(term, by=Clock())
        turned.terms_ended += 1


@in_chinese
def _remind(today: date) -> int:
    """One message a day to each person at whose desk something is late."""
    people = Person.objects.filter(
        pk__in=Appointment.objects.in_force(today).filter(office__in=COMMUNITY_OFFICES).values("person")
    )
    reminded = 0
    for person in people:
        late = late_ones(waiting_for(person, today), today)
        if late:
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
            reminded += 1
    return reminded
