"""The desk's home: what waits for me."""

import functools
from collections.abc import Mapping
from datetime import date, timedelta

from django.apps import apps
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.doors.web.desk.links import page_of, way_to
from yishiting.doors.web.shared.doors import open_links, signed_in
from yishiting.doors.web.shared.requests import Request, person_of
from yishiting.doors.web.shared.seasons import not_known, open_at_desk, strip
from yishiting.doors.web.shared.shapes import Button, Link, Waiting
from yishiting.ground.common.verbs import VERBS, labelled
from yishiting.ground.organisations.models import Appointment, Office
from yishiting.ground.organisations.queries import offices_of
from yishiting.ground.places.models import Level, Place
from yishiting.ground.places.organs import local_words
from yishiting.ground.places.queries import run_from
from yishiting.ground.places.speech import spoken_at
from yishiting.ground.seasons.queries import holidays
from yishiting.methods.workdays import Holidays, workdays_between
from yishiting.overview.assessment.queries import sheets_for
from yishiting.overview.cycle.board import late_ones, waiting_for
from yishiting.overview.cycle.others import waiting_for_others
from yishiting.overview.cycle.shapes import Wait
from yishiting.year.proposals.queries import AnsweredAbove, answered_above
from yishiting.year.suggestions.queries.bank import reach_of


@signed_in
def home(request: Request) -> HttpResponse:
    """A short list of what waits, oldest and latest-due first, with the one next action as the button."""
    person, today, table = person_of(request), timezone.localdate(), holidays()
    offices = offices_of(person, today)
    shows, waits = shown_of(request), waiting_for(person, today)
    late = late_ones(waits, today)
    wanted = {"mine": waits, "late": late}.get(shows)
    place = offices[0].place if offices else None
    request.place = place
    shown = {
        "items": [
            as_waiting(wait, table) for wait in (waiting_for_others(person, today) if wanted is None else wanted)
        ],
        "shows": shows,
        "title": SHOWS[shows],
        "tabs": tabs_of(shows, counts={"mine": len(waits), "late": len(late)}),
        "nothing": NOTHING[shows],
        "offices": offices,
        "seasons": strip(place, reverse("place", args=[place.code]), today) if place else [],
        "open_now": open_at_desk(request, place, today) if place else [],
        "not_known": not_known(today),
        "links": links_of(request, offices),
        "answers": _answers(offices, today),
    }
    with spoken_at(place):
        return render(request, "desk/home.html", shown)


#: What the home can show, by the word in its address.
SHOWS = {"mine": gettext_lazy("等我办的事"), "late": gettext_lazy("已经超期"), "others": gettext_lazy("等别人办的事")}
NOTHING = {
    "mine": gettext_lazy("现在没有等您办的事。"),
    "late": gettext_lazy("没有超期的事。"),
    "others": gettext_lazy("没有等别人办的事：报送、转交、征求意见以后还没有答复的，会出现在这里。"),
}


def shown_of(request: Request) -> str:
    """Which of its lists the home shows; what nobody knows is the first."""
    asked = request.GET.get("show", "")
    return asked if asked in SHOWS else "mine"


def tabs_of(shows: str, counts: Mapping[str, int]) -> list[Link]:
    """The lists of the home; those that are counted anyway with how many lines each has."""
    home = reverse("desk-home")
    return [
        Link(label, home if name == "mine" else f"{home}?show={name}", count=counts.get(name), current=name == shows)
        for name, label in SHOWS.items()
    ]


#: So long an answer from above stands on the home of the place that reported it, and so many at once.
ANSWERS_STAY, MOST_ANSWERS = timedelta(days=30), 6


def _answers(offices: list[Appointment], today: date) -> list[AnsweredAbove]:
    """What was answered from above, where those below have a desk."""
    places = [one.place for one in offices if one.place.level != Level.DISTRICT]
    return answered_above(places, today - ANSWERS_STAY, MOST_ANSWERS) if places else []


#: What whoever has to do it calls it, where the record calls it otherwise.
SAYS = {"proposal.bring_back": gettext_lazy("答复社区"), "project.accept": gettext_lazy("作出验收结论")}


def as_waiting(wait: Wait, table: Holidays) -> Waiting:
    """One line with its button."""
    url, today = page_of(wait) if wait.whom else way_to(wait), timezone.localdate()
    says = [kind_of(wait), wait.place.name, _("%(n)s条") % {"n": wait.count} if wait.count > 1 else str(wait.closed)]
    due = None if wait.closed else wait.due
    left = workdays_between(today, due, table) if due else None
    label = SAYS.get(wait.verb) or (VERBS[wait.verb].label if wait.verb in VERBS else _("去办理"))
    return Waiting(
        wait.says,
        url,
        Button(_("查看") if wait.whom else local_words(label, wait.place), url, method="get"),
        " · ".join(one for one in (*says, *_whose(wait, label)) if one),
        due,
        left,
    )


def _whose(wait: Wait, act: str | Promise) -> list[str]:
    """Of what is somebody else's: the next act, and whose it is."""
    if not wait.whom:
        return []
    return [_("下一步：%(act)s") % {"act": local_words(act, wait.place)}, str(wait.whom)]


@functools.cache
def _kinds() -> dict[str, Promise | str]:
    """What kinds of things are called, by the name the board knows them by."""
    return {labelled(model): model._meta.verbose_name or "" for model in apps.get_models()}


def kind_of(wait: Wait) -> str:
    """What kind of thing waits, as people call it; nothing where the line says it all."""
    return str(_kinds().get(wait.kind.removesuffix("s") if wait.count > 1 else wait.kind, "")) if wait.kind else ""


#: The lists of a place, by its level; each person is shown those that are open to them.
LISTS = {
    "community": {
        "desk-standing": gettext_lazy("事项看板"),
        "desk-slips": gettext_lazy("录入建议"),
        "desk-suggestions": gettext_lazy("建议"),
        "desk-hearings": gettext_lazy("问政会"),
        "desk-meetings": gettext_lazy("会议"),
        "desk-proposals": gettext_lazy("建议案"),
        "desk-score-rounds": gettext_lazy("打分"),
        "desk-budget-votes": gettext_lazy("预算表决"),
        "desk-projects": gettext_lazy("实事项目"),
        "desk-money": gettext_lazy("经费"),
        "desk-council": gettext_lazy("议事协商会"),
        "desk-notices": gettext_lazy("公示"),
        "desk-consultations": gettext_lazy("征求意见和问卷"),
        "desk-organisations": gettext_lazy("组织登记"),
        "desk-people": gettext_lazy("人员名册"),
        "desk-messages": gettext_lazy("消息发送"),
        "desk-calls": gettext_lazy("待电话告知"),
        "desk-account-joins": gettext_lazy("合并账号"),
        "desk-agreements": gettext_lazy("公约"),
        "desk-own-inquiries": gettext_lazy("提出的政策程序问题"),
        "desk-seasons": gettext_lazy("时节和规则"),
    },
    "subdistrict": {
        "desk-standing": gettext_lazy("事项看板"),
        "desk-slips": gettext_lazy("录入建议"),
        "desk-suggestions": gettext_lazy("建议"),
        "desk-area-suggestions": gettext_lazy("下级的建议"),
        "desk-reported": gettext_lazy("社区报送的建议案"),
        "desk-sittings": gettext_lazy("主任办公会"),
        "desk-needs-reports": gettext_lazy("问需工作报告"),
        "desk-works-plans": gettext_lazy("实施计划书"),
        "desk-hearings": gettext_lazy("问政会"),
        "desk-meetings": gettext_lazy("会议"),
        "desk-proposals": gettext_lazy("建议案"),
        "desk-score-rounds": gettext_lazy("打分"),
        "desk-projects": gettext_lazy("实事项目"),
        "desk-council": gettext_lazy("议事协商会"),
        "desk-notices": gettext_lazy("公示"),
        "desk-money": gettext_lazy("经费"),
        "desk-consultations": gettext_lazy("征求意见和问卷"),
        "desk-organisations": gettext_lazy("组织登记"),
        "desk-people": gettext_lazy("人员名册"),
        "desk-messages": gettext_lazy("消息发送"),
        "desk-calls": gettext_lazy("待电话告知"),
        "desk-account-joins": gettext_lazy("合并账号"),
        "desk-inquiries": gettext_lazy("收到的政策程序问题"),
        "desk-agreements": gettext_lazy("公约"),
        "desk-own-inquiries": gettext_lazy("提出的政策程序问题"),
        "desk-seasons": gettext_lazy("时节和规则"),
        "desk-place-changes": gettext_lazy("区划变动"),
    },
    "district": {
        "desk-standing": gettext_lazy("事项看板"),
        "desk-lists-sent": gettext_lazy("街乡报送的报区清单"),
        "desk-hearings": gettext_lazy("问政会"),
        "desk-to-take-in": gettext_lazy("街乡报送的建议案"),
        "desk-matters": gettext_lazy("区级办理事项"),
        "desk-oversight": gettext_lazy("督查清单"),
        "desk-assessments": gettext_lazy("千分制考核"),
        "desk-meetings": gettext_lazy("会议"),
        "desk-council": gettext_lazy("议事协商会"),
        "desk-notices": gettext_lazy("公示"),
        "desk-calls": gettext_lazy("待电话告知"),
        "desk-projects": gettext_lazy("实事项目"),
        "desk-money": gettext_lazy("经费"),
        "desk-consultations": gettext_lazy("征求意见和问卷"),
        "desk-organisations": gettext_lazy("组织登记"),
        "desk-people": gettext_lazy("人员名册"),
        "desk-inquiries": gettext_lazy("收到的政策程序问题"),
        "desk-own-inquiries": gettext_lazy("提出的政策程序问题"),
        "desk-seasons": gettext_lazy("时节和规则"),
        "desk-place-changes": gettext_lazy("区划变动"),
        "desk-categories": gettext_lazy("分类"),
    },
}


def links_of(request: Request, offices: list[Appointment]) -> list[Link]:
    """The lists of the places where this person holds office, as far as they are open to them."""
    places = {office.place.code: office.place for office in offices}
    links = [
        link
        for _code, place in sorted(places.items())
        for link in open_links(request.actor, place, LISTS[str(place.level)])
    ]
    links += [link for place in places.values() for former in run_from(place) for link in _left_at(request, former)]
    if any(one.office == Office.HANDLING_OFFICER and one.organisation_id for one in offices):
        units = {one.organisation_id: one.organisation for one in offices if one.office == Office.HANDLING_OFFICER}
        own = [Link(str(unit), reverse("desk-unit", args=[key])) for key, unit in units.items() if unit is not None]
        links = [*own, Link(_("分派给本单位的区级事项"), reverse("desk-in-hand")), *links]
    if request.person is not None and sheets_for(request.person, timezone.localdate()).exists():
        links = [Link(_("本单位的年度考核"), reverse("desk-own-sheets")), *links]
    reads = request.person is not None and reach_of(request.person)
    return [*links, Link(_("民情建议库"), reverse("desk-bank"))] if reads else links


#: Of a closed place whose desk this one is: where what was open stands.
LEFT = {
    "desk-suggestions": gettext_lazy("%(place)s：建议"),
    "desk-proposals": gettext_lazy("%(place)s：建议案"),
    "desk-projects": gettext_lazy("%(place)s：实事项目"),
}


def _left_at(request: Request, place: Place) -> list[Link]:
    return open_links(request.actor, place, {name: str(label) % {"place": place.name} for name, label in LEFT.items()})


urlpatterns = [path("", home, name="desk-home")]
