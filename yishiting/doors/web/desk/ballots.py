"""计票: one page for every vote, from the first keying to the result.

Other pages link here with `?next=` and their own address; it becomes the way back.
"""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

from yishiting.doors.web.desk.ballots_forms import TallyForm
from yishiting.doors.web.shared.declared import button
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.nouns import Noun, know
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Fact, Link
from yishiting.ground.common.verbs import why_not
from yishiting.instruments.ballots.actions import enter_tally
from yishiting.instruments.ballots.models import Poll
from yishiting.instruments.ballots.permissions import counts_here
from yishiting.instruments.ballots.queries import may_key_second, side_by_side
from yishiting.instruments.ballots.states import LIFECYCLE, State

know(
    Noun(
        Poll,
        pages={"desk": "desk-tally"},
        related=("place",),
        by_hand={"poll.enter_tally": "desk-tally"},
        called=lambda poll: poll.title,
    )
)


@door(Poll, needs=counts_here, related=("place",))
def desk_tally(request: Request, poll: Poll) -> HttpResponse:
    """Key in the sheet, see where two keyings differ, or read the result."""
    back = _back(request)
    shown = {"poll": poll, "facts": _facts(poll), "back": back, "verbs": _verbs(request, poll)}
    shown["crumbs"] = [Link(_("工作台"), reverse("desk-home")), Link(_("计票"), "")]
    if LIFECYCLE.why_not(poll, "poll.enter_tally") is not None:
        return render(request, "desk/ballots_result.html", shown)
    return perform(
        request,
        TallyForm(poll, request.POST or None),
        lambda counts: enter_tally(poll, by=request.actor, counts=counts),
        page="desk/ballots_tally.html",
        to=_here(poll, back),
        done=_done,
        context={**shown, **_so_far(request, poll)},
    )


def tally_url(poll: Poll, back: str) -> str:
    """The counting page of a vote, with the way back."""
    return f"{reverse('desk-tally', args=[poll.pk])}?{urlencode({'next': back})}"


def _here(poll: Poll, back: str) -> str:
    return tally_url(poll, back) if back else reverse("desk-tally", args=[poll.pk])


def _back(request: Request) -> str:
    wanted = request.GET.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}) else ""


def _done(poll: Poll) -> str:
    return {
        State.COUNTING: _("第一遍已录入。请换一位同事对照计票表再录一遍，两遍一致才算数。"),
        State.DIFFERENT: _("两遍不一致，不一致的地方列在下面。请对照计票表，再录一遍。"),
        State.COUNTED: _("两遍一致，结果已得出。"),
        State.VOID: _("两遍一致：收回多于发出，本次投票整次无效。"),
    }[State(poll.state)]


def _so_far(request: Request, poll: Poll) -> dict[str, Any]:
    """Which keying this is, and the two that differ."""
    pair, rows = side_by_side(poll) if poll.state == State.DIFFERENT else ([], [])
    mine = request.person is not None and poll.state == State.COUNTING and not may_key_second(request.person, poll)
    return {"pair": pair, "rows": rows, "first_is_mine": mine, "second": poll.state == State.COUNTING}


def _facts(poll: Poll) -> list[Fact]:
    facts = [
        Fact(_("方式"), poll.get_method_display()),
        Fact(_("状态"), poll.get_state_display()),
    ]
    if poll.entitled:
        facts += [Fact(_("应到"), poll.entitled_count), Fact(_("实到"), poll.present_count)]
    if poll.recused:
        facts.append(Fact(_("回避"), "、".join(one["name"] for one in poll.recused)))
    return facts


def _verbs(request: Request, poll: Poll) -> list[Button]:
    found = []
    if why_not(request.actor, "poll.redo_tally", poll) is None:
        found.append(button(request, "poll.redo_tally", poll, room="desk"))
    if why_not(request.actor, "poll.void", poll) is None:
        found.append(replace(button(request, "poll.void", poll, room="desk"), label=_("宣布无效，重新投票")))
    return found


urlpatterns = [
    path("polls/<uuid:pk>/tally/", desk_tally, name="desk-tally"),
]
