"""选举 at the desk: publicity of the candidates, the assembly, each round, the result, taking office."""

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.doors.web.desk.candidates import candidate_groups
from yishiting.doors.web.desk.council import TERM, council_crumbs, council_tabs
from yishiting.doors.web.desk.council_forms import (
    AssemblyForm,
    InnerReasonForm,
    MethodForm,
    PublicityForm,
    SeatingForm,
)
from yishiting.doors.web.desk.council_steps import steps_of, verbs_of
from yishiting.doors.web.desk.election_rounds import round_lines, whole_url
from yishiting.doors.web.desk.notices_forms import ReasonForm
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.posting import perform
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Link
from yishiting.ground.common.verbs import why_not
from yishiting.instruments.ballots.models import Method
from yishiting.year.councils.actions import (
    call_by_election,
    convene_assembly,
    give_up_by_election,
    publicise_by_election,
    publicise_candidates,
    reopen_by_election,
    reopen_nominations,
    seat_by_election,
    seat_term,
    start_by_election,
    start_election,
)
from yishiting.year.councils.models import Assembly, ByElection, Constituency, Term
from yishiting.year.councils.permissions import reads_council
from yishiting.year.councils.published import candidates_table
from yishiting.year.councils.queries import Whole, candidates_of
from yishiting.year.councils.states import CandidateState, State

BY_ELECTION = ("place", "term__place", "constituency__place", "notice__place")


@door(Term, needs=reads_council, related=TERM)
def desk_election(request: Request, term: Term) -> HttpResponse:
    """The election of a term: the notice, the assembly, every round."""
    shown = {**_election(request, term), "tabs": council_tabs(term.place, term, "desk-election")}
    return render(request, "desk/election.html", shown)


@door(ByElection, needs=reads_council, related=BY_ELECTION)
def desk_by_election(request: Request, by_election: ByElection) -> HttpResponse:
    """A by-election from its call to its result, on one page."""
    shown = {
        **_election(request, by_election),
        "steps": steps_of(by_election),
        "groups": candidate_groups(by_election),
        "by_election": by_election,
    }
    return render(request, "desk/election.html", shown)


@door(Term, needs="term.publicise_candidates", related=TERM)
def term_publicise(request: Request, term: Term) -> HttpResponse:
    """Publish the candidates of a term; the list is shown as it will be published."""
    return _publicise(request, term, publicise_candidates)


@door(ByElection, needs="by_election.publicise", related=BY_ELECTION)
def by_election_publicise(request: Request, by_election: ByElection) -> HttpResponse:
    """Publish the candidates of a by-election."""
    return _publicise(request, by_election, publicise_by_election)


@door(Term, needs="term.reopen_nominations", related=TERM)
def term_reopen(request: Request, term: Term) -> HttpResponse:
    """Take nominations again."""
    form = ReasonForm(request.POST or None)
    return _asked(request, term, form, reopen_nominations, _("重新开放提名"), _("已重新开放提名。"), "danger")


@door(ByElection, needs="by_election.reopen", related=BY_ELECTION)
def by_election_reopen(request: Request, by_election: ByElection) -> HttpResponse:
    """Take nominations for a by-election again."""
    form = ReasonForm(request.POST or None)
    return _asked(request, by_election, form, reopen_by_election, _("重新开放提名"), _("已重新开放提名。"), "danger")


@door(Term, needs="term.start_election", related=TERM)
def term_start(request: Request, term: Term) -> HttpResponse:
    """Prepare the vote in every constituency."""
    return _start(request, term, start_election)


@door(ByElection, needs="by_election.start", related=BY_ELECTION)
def by_election_start(request: Request, by_election: ByElection) -> HttpResponse:
    """Prepare the vote of a by-election."""
    return _start(request, by_election, start_by_election)


@door(Term, needs="term.seat", related=TERM)
def term_seat(request: Request, term: Term) -> HttpResponse:
    """Publish the results and seat those elected."""
    form = SeatingForm(request.POST or None)
    done = _("结果已公告，新一届代表就任。")
    return _asked(request, term, form, seat_term, _("公布结果，新一届就任"), done)


@door(ByElection, needs="by_election.seat", related=BY_ELECTION)
def by_election_seat(request: Request, by_election: ByElection) -> HttpResponse:
    """Publish the results of a by-election and seat those elected."""
    form = SeatingForm(request.POST or None)
    done = _("结果已公告，补选代表就任。")
    return _asked(request, by_election, form, seat_by_election, _("公布结果，补选代表就任"), done)


@door(Constituency, needs="by_election.call", related=("place", "term__place"))
def by_election_call(request: Request, constituency: Constituency) -> HttpResponse:
    """Decide to fill the vacant seats of a constituency."""
    title = _("决定补选：%(name)s") % {"name": constituency.name}
    return perform(
        request,
        InnerReasonForm(request.POST or None),
        lambda reason: call_by_election(constituency, by=request.actor, reason=reason),
        page="desk/form.html",
        to=lambda by_election: reverse("desk-by-election", args=[by_election.pk]),
        done=_("已决定补选，现在可以登记候选人。"),
        context={
            "title": title,
            "submit": _("决定补选"),
            "back": reverse("desk-council", args=[constituency.place.code]),
            "crumbs": council_crumbs(constituency.place, Link(title, "")),
        },
    )


@door(ByElection, needs="by_election.give_up", related=BY_ELECTION)
def by_election_give_up(request: Request, by_election: ByElection) -> HttpResponse:
    """Leave the seats vacant after all."""
    form = ReasonForm(request.POST or None)
    return _asked(request, by_election, form, give_up_by_election, _("不再补选"), _("已记录，不再补选。"), "danger")


@door(Term, needs="assembly.convene", related=TERM)
def term_assembly(request: Request, term: Term) -> HttpResponse:
    """Call the assembly that votes."""
    return _convene(request, term)


@door(ByElection, needs="assembly.convene", related=BY_ELECTION)
def by_election_assembly(request: Request, by_election: ByElection) -> HttpResponse:
    """Call the assembly that votes in a by-election."""
    return _convene(request, by_election)


def _election(request: Request, whole: Whole) -> dict[str, Any]:
    """What the page of any election shows."""
    meetings = list(Assembly.objects.filter(**_own(whole)).select_related("place"))
    kind = "by-election" if isinstance(whole, ByElection) else "term"
    votes = whole.state in (State.PUBLICISING, State.ELECTING)
    refusal = why_not(request.actor, "assembly.convene", whole)
    label = _("另一天再召集") if meetings else _("召集居民代表会议")
    convene = Button(label, reverse(f"{kind}-assembly", args=[whole.pk]), "plain", "get", refusal)
    return {
        "whole": whole,
        "title": str(whole),
        "notice": whole.notice,
        "result_notice": whole.result_notice,
        "verbs": verbs_of(request, whole, timezone.localdate()),
        "assemblies": meetings,
        "convene": convene if votes else None,
        "rounds": round_lines(request, whole, meetings),
        "crumbs": council_crumbs(whole.place, Link(_("选举"), "")),
    }


def _own(whole: Whole) -> dict[str, Any]:
    return {"by_election": whole} if isinstance(whole, ByElection) else {"term": whole, "by_election": None}


def _publicise(request: Request, whole: Whole, verb: Callable[..., Whole]) -> HttpResponse:
    table = candidates_table(candidates_of(whole).filter(state=CandidateState.QUALIFIED))
    form = PublicityForm(request.POST or None)
    title, done = _("公示候选人"), _("候选人名单已公示。期满、异议都已答复后，开始选举。")
    return _asked(request, whole, form, verb, title, done, page="desk/publicise.html", table=table)


def _start(request: Request, whole: Whole, verb: Callable[..., Whole]) -> HttpResponse:
    form = MethodForm(request.POST or None)

    def start(whole: Whole, *, by: Any, method: str) -> Whole:
        return verb(whole, by=by, method=Method(method))

    return _asked(
        request, whole, form, start, _("开始选举"), _("选票已准备好。请登记到会、推定监票计票人员，再逐个投票。")
    )


def _convene(request: Request, whole: Whole) -> HttpResponse:
    last = Assembly.objects.filter(place=whole.place).first()
    roll = "\n".join(f"{one['name']} {one['unit']}".strip() for one in last.voters) if last else ""
    initial = {"held_on": timezone.localdate(), "venue": last.venue if last else "", "roll": roll}
    form = AssemblyForm(request.POST or None, initial=initial)
    title, done = _("召集居民代表会议"), _("名册已登记。开会时请登记到会。")
    return _asked(request, whole, form, convene_assembly, title, done)


def _asked(
    request: Request,
    whole: Whole,
    form: BaseForm,
    verb: Callable[..., Any],
    title: str,
    done: str,
    kind: str = "primary",
    *,
    page: str = "desk/form.html",
    **more: Any,
) -> HttpResponse:
    """A page that asks more about an election and goes back to it."""
    back = whole_url(whole)
    context = {
        "title": f"{title}：{whole}",
        "submit": title,
        "kind": kind,
        "back": back,
        "revision": whole.token,
        "crumbs": council_crumbs(whole.place, Link(_("选举"), back), Link(title, "")),
    }
    return perform(
        request,
        form,
        lambda **words: verb(whole, by=request.actor, **words),
        page=page,
        to=back,
        done=done,
        context={**context, **more},
    )


urlpatterns = [
    path("terms/<uuid:pk>/election/", desk_election, name="desk-election"),
    path("terms/<uuid:pk>/publicise/", term_publicise, name="term-publicise"),
    path("terms/<uuid:pk>/reopen/", term_reopen, name="term-reopen"),
    path("terms/<uuid:pk>/start/", term_start, name="term-start"),
    path("terms/<uuid:pk>/seat/", term_seat, name="term-seat"),
    path("terms/<uuid:pk>/assembly/", term_assembly, name="term-assembly"),
    path("constituencies/<uuid:pk>/by-election/", by_election_call, name="by-election-call"),
    path("by-elections/<uuid:pk>/", desk_by_election, name="desk-by-election"),
    path("by-elections/<uuid:pk>/publicise/", by_election_publicise, name="by-election-publicise"),
    path("by-elections/<uuid:pk>/reopen/", by_election_reopen, name="by-election-reopen"),
    path("by-elections/<uuid:pk>/start/", by_election_start, name="by-election-start"),
    path("by-elections/<uuid:pk>/seat/", by_election_seat, name="by-election-seat"),
    path("by-elections/<uuid:pk>/give-up/", by_election_give_up, name="by-election-give-up"),
    path("by-elections/<uuid:pk>/assembly/", by_election_assembly, name="by-election-assembly"),
]
