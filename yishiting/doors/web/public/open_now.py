"""现在可以: what is open at a place and below it today, each with the days that are left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

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

#: So many of a kind are looked for; a page that lists them says when there are more.
MOST = 100


@dataclass(frozen=True, slots=True)
class OpenKind:
    """One kind of thing that is open: the heading of its list, its things, the soonest ending first."""

    key: str
    heading: Words
    things: list[OpenThing]
    many: str  # the sentence for more than one, with %(n)s
    label: Words


def open_kinds(place: Place, today: date) -> list[OpenKind]:
    """What is open at a place and everywhere below it, and what those above ask of everybody there; empty kinds left out."""
    kinds = [
        _meetings(place, today),
        _asked(place, today),
        _votes(place, today),
        _elections(place),
        _notices(place, today),
    ]
    return [kind for kind in kinds if kind.things]


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
    n = f"{MOST}+" if len(kind.things) > MOST else len(kind.things)
    address = f"{reverse('place-open', args=[place.code])}#{kind.key}"
    return OpenThing(kind.many % {"n": n}, address, _("看看有哪些"), until=first.until, days=first.days)


def _days(last: date, today: date) -> int:
    return (last - today).days


def _titled(title: str, place: Place, here: Place) -> str:
    """A title that says where, once, when it is not here."""
    return title if place == here or title.startswith(place.name) else f"{place.name}{_('：')}{title}"


def _here_or_above(place: Place) -> Q:
    """At the place and below it; a community is also asked what those above ask of everybody."""
    here = Q(place__division_path__startswith=place.division_path)
    return here | Q(place__division_path__in=place.ancestor_paths()) if place.level == Level.COMMUNITY else here


def _meetings(place: Place, today: date) -> OpenKind:
    rows = Meeting.objects.filter(
        place__division_path__startswith=place.division_path,
        state=MeetingState.CONVENED,
        starts_at__gte=timezone.now().replace(hour=0, minute=0),
    )
    things = [
        OpenThing(
            _titled(one.title, one.place, place),
            reverse("meeting", args=[one.pk]),
            _("看会议安排"),
            says=_starts(one.starts_at, today),
            days=_days(timezone.localdate(one.starts_at), today),
        )
        for one in rows.select_related("place").order_by("starts_at")[: MOST + 1]
    ]
    return OpenKind("meetings", _("要开的会"), things, _("%(n)s场协商会议已经通知"), _("看会议安排"))


def _starts(moment: datetime, today: date) -> str:
    """今天14:00, or the day."""
    here = timezone.localtime(moment)
    return _("今天%(time)s") % {"time": f"{here:%H:%M}"} if here.date() == today else cn_date(here, "short")


def _asked(place: Place, today: date) -> OpenKind:
    open_today = Q(state=AskedState.OPEN, closes__gte=today) & _here_or_above(place)
    asked: Sequence[tuple[Consultation | Questionnaire, str]] = [
        *((one, "consultation") for one in Consultation.objects.filter(open_today).select_related("place")[: MOST + 1]),
        *(
            (one, "questionnaire")
            for one in Questionnaire.objects.filter(open_today).select_related("place")[: MOST + 1]
        ),
    ]
    things = [
        OpenThing(
            _titled(one.title, one.place, place),
            reverse(page, args=[one.pk]),
            _("说说看法"),
            until=one.closes,
            days=_days(one.closes, today),
        )
        for one, page in sorted(asked, key=lambda pair: pair[0].closes)
    ]
    return OpenKind("asked", _("正在征求意见"), things, _("%(n)s件事在征求意见"), _("说说看法"))


def _votes(place: Place, today: date) -> OpenKind:
    rows = BudgetVote.objects.filter(
        place__division_path__startswith=place.division_path, state=VoteState.OPEN, closes__gte=today
    )
    things = [
        OpenThing(
            _titled(one.title, one.place, place),
            reverse("public-budget-vote", args=[one.pk]),
            _("看怎么投"),
            until=one.closes,
            days=_days(one.closes, today),
        )
        for one in rows.select_related("place").order_by("closes")[: MOST + 1]
    ]
    return OpenKind("votes", _("正在表决"), things, _("%(n)s处在表决明年的实事项目"), _("看怎么投"))


def _elections(place: Place) -> OpenKind:
    says = {
        TermState.NOMINATING: _("正在提名推荐议事代表候选人"),
        TermState.PUBLICISING: _("议事代表候选人正在公示"),
        TermState.ELECTING: _("准备选举议事代表"),
    }
    rows = Term.objects.filter(place__division_path__startswith=place.division_path, state__in=says)
    things = [
        OpenThing(
            _titled(str(says[TermState(one.state)]), one.place, place),
            reverse("council", args=[one.place.code]),
            _("看怎么参加"),
        )
        for one in rows.select_related("place").order_by("created_at")[: MOST + 1]
    ]
    return OpenKind("elections", _("正在换届"), things, _("%(n)s处在选议事代表"), _("看怎么参加"))


def _notices(place: Place, today: date) -> OpenKind:
    rows = PublicNotice.objects.filter(
        place__division_path__startswith=place.division_path,
        state=NoticeState.POSTED,
        takes_objections=True,
        posted_on__lte=today,
        last_day__gte=today,
    )
    things = [
        OpenThing(
            _titled(one.title, one.place, place),
            reverse("notice", args=[one.pk]),
            _("看公示"),
            until=one.last_day,
            days=_days(one.last_day, today),
        )
        for one in rows.select_related("place").order_by("last_day")[: MOST + 1]
    ]
    return OpenKind("notices", _("正在公示"), things, _("%(n)s件正在公示，可以提异议"), _("看公示"))


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
