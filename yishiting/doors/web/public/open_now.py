"""现在可以: what is open at a place and below it today, each with the days that are left."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, DateField, DateTimeField, F, Q, QuerySet, Value
from django.db.models.functions import TruncDate
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.web.public.queries import crumbs_of
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Link, OpenThing, Words
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.places.models import Level, Place
from yishiting.instruments.publicity.models import PublicNotice
from yishiting.instruments.publicity.states import State as NoticeState
from yishiting.year.budgeting.models import BudgetVote
from yishiting.year.budgeting.states import State as VoteState
from yishiting.year.consultations.models import Consultation, Questionnaire
from yishiting.year.consultations.states import State as AskedState
from yishiting.year.councils.models import Term
from yishiting.year.councils.states import State as TermState
from yishiting.year.meetings.models import Meeting
from yishiting.year.meetings.states import State as MeetingState

#: So many of all kinds are looked for; a page that lists them says when there are more.
MOST = 100


@dataclass(frozen=True, slots=True)
class OpenKind:
    """One kind of thing that is open: the heading of its list, the sentence for several, what one does, its things."""

    key: str
    heading: Words
    many: Words
    label: Words
    things: list[OpenThing] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class OpenRow:
    """One open thing as the database says it: of which kind, what, where, until which day or at which moment."""

    kind: str
    pk: UUID
    title: str
    name: str
    code: str
    day: date | None
    moment: datetime | None


ELECTION_SAYS = {
    TermState.NOMINATING: gettext_lazy("正在提名推荐议事代表候选人"),
    TermState.PUBLICISING: gettext_lazy("议事代表候选人正在公示"),
    TermState.ELECTING: gettext_lazy("准备选举议事代表"),
}
#: The page of each kind of row.
PAGES = {
    "meetings": "meeting",
    "consultations": "consultation",
    "questionnaires": "questionnaire",
    "votes": "public-budget-vote",
    "notices": "notice",
}


def _kinds() -> dict[str, OpenKind]:
    asked = OpenKind("asked", _("正在征求意见"), _("%(n)s件事在征求意见"), _("说说看法"))
    return {
        "meetings": OpenKind("meetings", _("要开的会"), _("%(n)s场协商会议已经通知"), _("看会议安排")),
        "consultations": asked,
        "questionnaires": asked,
        "votes": OpenKind("votes", _("正在表决"), _("%(n)s处在表决明年的实事项目"), _("看怎么投")),
        "elections": OpenKind("elections", _("正在换届"), _("%(n)s处在选议事代表"), _("看怎么参加")),
        "notices": OpenKind("notices", _("正在公示"), _("%(n)s件正在公示，可以提异议"), _("看公示")),
    }


def open_kinds(place: Place, today: date) -> list[OpenKind]:
    """What is open at a place and everywhere below it, and what those above ask of everybody there; empty kinds left out."""
    kinds = _kinds()
    for row in _rows(place, today):
        kinds[row.kind].things.append(_thing(row, place, today, kinds[row.kind].label))
    full = dict.fromkeys(kind.key for kind in kinds.values() if kind.things)
    return [next(kind for kind in kinds.values() if kind.key == key) for key in full]


def open_box(place: Place, today: date, suggest: str) -> list[OpenThing]:
    """The lines of the box: a kind with one thing leads to it, one with more to their list; 提建议 and 查进展 always."""
    return [
        OpenThing(_("提一条建议，全年都收"), suggest, _("提建议"), primary=True),
        *(_line(place, kind) for kind in open_kinds(place, today)),
        OpenThing(_("凭受理号看您说的事办到哪一步"), reverse("follow"), _("查进展")),
    ]


def _line(place: Place, kind: OpenKind) -> OpenThing:
    first = kind.things[0]
    if len(kind.things) == 1:
        return first
    n = f"{MOST}+" if len(kind.things) > MOST else str(len(kind.things))
    address = f"{reverse('place-open', args=[place.code])}#{kind.key}"
    return OpenThing(str(kind.many) % {"n": n}, address, _("看看有哪些"), until=first.until, days=first.days)


def _thing(row: OpenRow, here: Place, today: date, label: Words) -> OpenThing:
    election = row.kind == "elections"
    title = str(ELECTION_SAYS[TermState(row.title)]) if election else row.title
    address = reverse("council", args=[row.code]) if election else reverse(PAGES[row.kind], args=[row.pk])
    elsewhere = row.code != here.code and not title.startswith(row.name)
    return OpenThing(
        _("%(place)s：%(title)s") % {"place": row.name, "title": title} if elsewhere else title,
        address,
        label,
        until=None if row.moment else row.day,
        days=(row.day - today).days if row.day else None,
        says=_starts(row.moment, today) if row.moment else "",
    )


def _starts(moment: datetime, today: date) -> str:
    """今天14:00, or the day."""
    here = timezone.localtime(moment)
    return (
        _("今天%(time)s") % {"time": f"{here:%H:%M}"} if timezone.localdate(moment) == today else cn_date(here, "short")
    )


def _rows(place: Place, today: date) -> list[OpenRow]:
    """Everything that is open, in one question to the database, what ends first before the others."""
    here = Q(place__division_path__startswith=place.division_path)
    asked = here | Q(place__division_path__in=place.ancestor_paths()) if place.level == Level.COMMUNITY else here
    open_now = Q(state=AskedState.OPEN, closes__gte=today) & asked
    until, never, no_moment = F("closes"), Value(None, DateField()), Value(None, DateTimeField())
    posted = Q(state=NoticeState.POSTED, takes_objections=True, posted_on__lte=today, last_day__gte=today)
    called = Q(state=MeetingState.CONVENED, starts_at__gte=timezone.localtime().replace(hour=0, minute=0, second=0))
    voting = Q(state=VoteState.OPEN, closes__gte=today)
    first, *others = (
        _of("meetings", Meeting.objects.filter(here, called), "title", TruncDate("starts_at"), F("starts_at")),
        _of("votes", BudgetVote.objects.filter(here, voting), "title", until, no_moment),
        _of("consultations", Consultation.objects.filter(open_now), "title", until, no_moment),
        _of("questionnaires", Questionnaire.objects.filter(open_now), "title", until, no_moment),
        _of("elections", Term.objects.filter(here, state__in=ELECTION_SAYS), "state", never, no_moment),
        _of("notices", PublicNotice.objects.filter(here, posted), "title", F("last_day"), no_moment),
    )
    return [OpenRow(*row) for row in first.union(*others, all=True).order_by("day")[: MOST + 1]]


def _of(kind: str, rows: QuerySet[Any], title: str, day: Any, moment: Any) -> QuerySet[Any, Any]:
    """The rows of one kind with the columns that all kinds share."""
    shown = rows.order_by().annotate(row_kind=Value(kind, CharField()), says=F(title), day=day, moment=moment)
    columns: QuerySet[Any, Any] = shown.values_list(
        "row_kind", "pk", "says", "place__name", "place__code", "day", "moment"
    )
    return columns


@door(Place, related=("parent", "parent__parent"))
def place_open(request: Request, place: Place) -> HttpResponse:
    """Everything that is open at a place and below it, kind by kind."""
    shown = {
        "kinds": open_kinds(place, timezone.localdate()),
        "most": MOST,
        "crumbs": crumbs_of(place, Link(_("现在可以参加"), "")),
    }
    return render(request, "public/place_open.html", shown)


urlpatterns = [path("p/<str:code>/open/", place_open, name="place-open")]
