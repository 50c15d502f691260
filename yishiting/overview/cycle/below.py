"""What a subdistrict or the district has before it besides its own desk: what places below sent, what a year lacks."""

from dataclasses import replace
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.verbs import why_not_now
from yishiting.ground.notices.queries import calls_at
from yishiting.ground.organisations.models import Appointment
from yishiting.ground.organisations.rules import OF_THE_LINE
from yishiting.ground.places.models import Level, Place
from yishiting.ground.seasons.coming_year import AHEAD, lacking, years_asked
from yishiting.ground.seasons.models import SpecialIntake
from yishiting.overview.cycle.shapes import Wait, about
from yishiting.year.councils.models import Constituency, Term
from yishiting.year.councils.queries import seats_to_send
from yishiting.year.councils.states import State as TermState
from yishiting.year.projects.models import Project
from yishiting.year.projects.states import LIFECYCLE as PROJECT_LIFECYCLE
from yishiting.year.proposals.permissions import in_hand
from yishiting.year.proposals.queries import put_off_here, taken_on_by, to_look_again_at
from yishiting.year.proposals.queries import reported_to as proposals_reported_to

#: What a year still lacks, as it is called on the home of whoever gives it.
OF_A_YEAR = {
    "season.set_year": gettext_lazy("%(year)s年的时段还没有设定，先按上一年的日子办理"),
    "holiday.announce": gettext_lazy("%(year)s年的放假安排还没有载入"),
    "rulebook.carry_on": gettext_lazy("%(year)s年的规则还没有确定，先按上一年的规则办理"),
}


def coming_year_waiting(place: Place, today: date, _person: Person | None) -> list[Wait]:
    """What the district still has to give a year, from sixty days before it begins."""
    if place.level != Level.DISTRICT:
        return []
    return [
        Wait(
            code,
            str(OF_A_YEAR[code]) % {"year": year},
            place,
            min(today, date(year, 1, 1) - timedelta(days=AHEAD)),
            date(year - 1, 12, 31),
            kind="place",
            pk=place.code,
        )
        for year in years_asked(today)
        for code in lacking(place, year)
    ]


def reported_to(place: Place, today: date) -> list[Wait]:
    """What places below have reported up and waits for an answer here.

    At the district it waits with the work committee of its line, where somebody is appointed, and then as a matter.
    """
    rows = proposals_reported_to(place)
    if place.level == Level.DISTRICT:
        held = Appointment.objects.in_force(today).filter(place=place, office__in=OF_THE_LINE.values())
        offices = set(held.values_list("office", flat=True))
        lines = [line for line, office in OF_THE_LINE.items() if office in offices]
        rows = rows.exclude(place__line__in=lines).exclude(matters__live=True)
    return [about("proposal.bring_back", one, one.title, one.reported_on, one.answer_by) for one in rows]


def taken_on(place: Place, today: date, person: Person) -> list[Wait]:
    """What this place has said it carries out: it waits on its section, by a day, until there is a project.

    What has become a matter of the district waits as that alone.
    """
    rows = taken_on_by(place).filter(projects=None).exclude(matters__live=True)
    return [
        about("project.take_up", one, one.title, one.taken_on, one.take_up_by)
        for one in rows
        if one.unit is None or in_hand(person, place, one.unit, one.responsible_id, today)
    ]


def put_off_waiting(place: Place, today: date) -> list[Wait]:
    """What was put off until a day that has come: by the council here, or in an answer to places below."""
    here = [("proposal.table", one) for one in put_off_here(place, today)]
    below = [("proposal.look_again", one) for one in to_look_again_at(place, today)]
    return [about(verb, one, one.title, one.look_again_on or today, one.look_again_on) for verb, one in [*here, *below]]


def to_be_sent(place: Place, today: date, _person: Person | None) -> list[Wait]:
    """Seats of the council above for which this place has to name somebody."""
    return [
        about("constituency.send", one, _seats_of(one, n), one.term.begins or today, place=place)
        for one, n in seats_to_send(sends=[place])
    ]


def _seats_of(one: Constituency, n: int) -> str:
    told = {"council": str(one.term.council), "name": one, "n": n}
    return gettext("%(council)s“%(name)s”还要推派%(n)s名代表") % told


def entries_to_confirm(place: Place) -> list[Wait]:
    """Councils in office and works under way that places below have entered and that wait to be confirmed here."""
    rows = Term.objects.filter(place__parent=place, state=TermState.ENTERED, entry_note="").select_related("place")
    today = timezone.localdate()
    works = Project.objects.filter(place__parent=place, entered_on__isnull=False, confirmed_on=None, entry_note="")
    running = works.filter(state=PROJECT_LIFECYCLE.initial).select_related("place")
    return [about("term.confirm_entry", one, str(one), one.entered_on or today) for one in rows] + [
        about("project.confirm_entry", one, one.title, one.entered_on or today) for one in running
    ]


def special_matters_waiting(place: Place, today: date, _person: Person | None) -> list[Wait]:
    """Emergencies and special matters of a place whose days of intake are over: they end with what came of them."""
    rows = SpecialIntake.objects.going_on(today).filter(place=place, closes__lt=today).select_related("place")
    return [
        Wait("season.end_special", one.reason, place, one.closes, kind="special_intake", pk=str(one.pk), thing=one)
        for one in rows
        if why_not_now("season.end_special", one) is None
    ]


def calls_waiting(place: Place, _today: date, _person: Person | None) -> list[Wait]:
    """Whom no message reached and nobody has rung yet."""
    found = calls_at(place).filter(called_on=None).order_by("created_at").values_list("pk", "created_at")
    if not (calls := list(found)):
        return []
    pk, first = calls[0]
    wait = Wait("call.note", gettext_lazy("待电话告知"), place, timezone.localdate(first), count=len(calls))
    return [replace(wait, kind="call", pk=str(pk)) if len(calls) == 1 else wait]
