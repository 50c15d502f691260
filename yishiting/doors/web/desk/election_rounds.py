"""选举日: who came, who counts, each round from its opening to its result, and the sheets to print."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yishiting.doors.web.desk.ballots import tally_url
from yishiting.doors.web.desk.council import council_crumbs
from yishiting.doors.web.desk.council_forms import TellersForm
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.posting import act, perform
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Fact, Link
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.common.predicates import Question
from yishiting.ground.common.verbs import VERBS, why_not
from yishiting.ground.seasons.labels import rules_called
from yishiting.instruments.ballots.models import Method
from yishiting.instruments.ballots.states import State as PollState
from yishiting.year.councils.actions import appoint_tellers, declare_round, open_round, sign_in_voters
from yishiting.year.councils.actions.election import TELLER_ROLES
from yishiting.year.councils.models import Assembly, ElectionRound, Term
from yishiting.year.councils.permissions import reads_council
from yishiting.year.councils.queries import Whole, rounds_of

ROUND = (
    "place",
    "constituency__term__place",
    "constituency__place",
    "by_election__place",
    "by_election__term",
    "by_election__constituency",
    "poll__place",
    "assembly",
)
ASSEMBLY = ("place", "term__place", "by_election__place", "by_election__constituency")


@door(Assembly, needs="assembly.sign_in", related=ASSEMBLY)
def assembly_sign_in(request: Request, assembly: Assembly) -> HttpResponse:
    """Tick who has come."""
    if request.method == "POST":
        return act(
            request,
            lambda: sign_in_voters(assembly, by=request.actor, present=request.POST.getlist("pick")),
            to=_election_url(assembly),
            done=_("到会已登记。"),
        )
    shown = {"assembly": assembly, "back": _election_url(assembly), "crumbs": _crumbs(assembly, _("登记到会"))}
    return render(request, "desk/assembly_sign_in.html", shown)


@door(Assembly, needs="assembly.appoint_tellers", related=ASSEMBLY)
def assembly_tellers(request: Request, assembly: Assembly) -> HttpResponse:
    """Name those who watch, call and count."""
    initial = {role: "、".join(names) for role, names in assembly.tellers.items()}
    back = _election_url(assembly)
    return perform(
        request,
        TellersForm(request.POST or None, initial=initial),
        lambda tellers: appoint_tellers(assembly, by=request.actor, tellers=tellers),
        page="desk/form.html",
        to=back,
        done=_("监票计票人员已登记。"),
        context={
            "title": _("推定监票计票人员"),
            "submit": _("登记"),
            "back": back,
            "revision": assembly.token,
            "crumbs": _crumbs(assembly, _("监票计票人员")),
        },
    )


@door(Assembly, needs=reads_council, related=ASSEMBLY)
def assembly_sheet(request: Request, assembly: Assembly) -> HttpResponse:
    """The sign-in sheet to print."""
    return render(request, "desk/assembly_sheet.html", {"assembly": assembly, "back": _election_url(assembly)})


@require_POST
@door(ElectionRound, needs="election.open_round", related=ROUND)
def round_open(request: Request, election_round: ElectionRound) -> HttpResponse:
    """Open a round before the newest assembly."""
    whole = election_round.by_election or election_round.constituency.term
    to = whole_url(whole)
    assembly = _assembly_of(election_round)
    if assembly is None:
        raise Http404
    done = _("投票已开始，应到名单不再变动。收回选票后请录入计票。")
    return act(request, lambda: open_round(election_round, by=request.actor, assembly=assembly), to=to, done=done)


@require_POST
@door(ElectionRound, needs="election.declare", related=ROUND)
def round_declare(request: Request, election_round: ElectionRound) -> HttpResponse:
    """Declare the result of a round."""
    to = whole_url(election_round.by_election or election_round.constituency.term)
    return act(request, lambda: declare_round(election_round, by=request.actor), to=to, done=_("结果已宣布。"))


@door(ElectionRound, needs=reads_council, related=ROUND)
def round_sheet(request: Request, election_round: ElectionRound) -> HttpResponse:
    """The result sheet to print and sign, with everyone who was entitled."""
    assembly = election_round.assembly
    shown = {
        "round": election_round,
        "poll": election_round.poll,
        "facts": _sheet_facts(election_round),
        "votes": _votes(election_round),
        "tellers": _tellers(assembly),
        "assembly": assembly,
        "back": whole_url(election_round.by_election or election_round.constituency.term),
    }
    return render(request, "desk/round_sheet.html", shown)


@door(ElectionRound, needs=reads_council, related=ROUND)
def round_ballot(request: Request, election_round: ElectionRound) -> HttpResponse:
    """The ballot paper to copy: no number, no code, nothing that tells one sheet from another."""
    whole = election_round.by_election or election_round.constituency.term
    large = request.GET.get("sheet") == "large"
    return render(request, "desk/ballot.html", {"round": election_round, "back": whole_url(whole), "large": large})


def round_lines(request: Request, whole: Whole, assemblies: Sequence[Assembly]) -> list[dict[str, Any]]:
    """Every round of an election with its next button and its sheets."""
    newest = assemblies[0] if assemblies else None
    rows = rounds_of(whole).prefetch_related("candidates")
    return [
        {
            "round": one,
            "verbs": _verbs(request, one, newest, whole),
            "names": [option["label"] for option in one.poll.options],
            "elected": one.poll.result.get("elected", []) if one.declared_on else [],
            "sentence": one.poll.result.get("sentence", "") or one.poll.void_reason if one.declared_on else "",
        }
        for one in rows
    ]


def _verbs(request: Request, one: ElectionRound, newest: Assembly | None, whole: Whole) -> list[Button]:
    here = whole_url(whole)
    sheet = Button(_("结果单"), reverse("round-sheet", args=[one.pk]), "quiet", "get")
    paper = Button(_("打印选票"), reverse("round-ballot", args=[one.pk]), "quiet", "get")
    if one.declared_on is not None:
        return [sheet] if one.poll.result else []
    if one.poll.state == PollState.PREPARED:
        refusal = why_not(request.actor, "election.open_round", one) or _why_not_yet(newest)
        opening = Button(_("开始投票"), reverse("round-open", args=[one.pk]), "primary", why_not=refusal)
        return [opening, paper] if one.poll.method == Method.PAPER else [opening]
    if one.poll.state in (PollState.COUNTED, PollState.VOID):
        refusal = why_not(request.actor, "election.declare", one)
        return [Button(_("宣布结果"), reverse("round-declare", args=[one.pk]), "primary", why_not=refusal), sheet]
    if VERBS["poll.enter_tally"].may.why_not(Question(request.actor, one)) is not None:
        return []
    return [Button(_("录入计票"), tally_url(one.poll, here), "primary", "get")]


def _why_not_yet(newest: Assembly | None) -> str | None:
    if newest is None:
        return _("请先召集居民代表会议，登记应到名册。")
    if not newest.present:
        return _("请先登记到会。")
    return None if newest.tellers else _("请先推定监票人、计票人。")


def _assembly_of(election_round: ElectionRound) -> Assembly | None:
    rows = Assembly.objects.filter(term=election_round.constituency.term, by_election=election_round.by_election)
    return rows.select_related("place").first()


def _sheet_facts(one: ElectionRound) -> list[Fact]:
    poll, counts = one.poll, one.poll.result.get("tally", {})
    facts = [
        Fact(_("推选单位"), one.constituency.name),
        Fact(_("轮次"), one.get_kind_display()),
        Fact(_("投票方式"), poll.get_method_display()),
        Fact(_("应选名额"), one.seats),
        Fact(_("应到"), poll.entitled_count),
        Fact(_("实到"), poll.present_count),
    ]
    if one.assembly is not None:
        facts.insert(0, Fact(_("时间地点"), f"{cn_date(one.assembly.held_on, 'plain')} {one.assembly.venue}"))
    if poll.method == Method.PAPER:
        labels = (
            ("issued", _("发出选票")),
            ("returned", _("收回选票")),
            ("valid", _("有效票")),
            ("invalid", _("无效票")),
        )
        facts += [Fact(label, counts[key]) for key, label in labels if key in counts]
    return [*facts, Fact(_("规则版本"), rules_called(poll.rules_label))]


def _votes(one: ElectionRound) -> list[dict[str, Any]]:
    """The numbers of each name, written-in names included, most votes first."""
    elected = set(one.poll.result.get("elected", []))
    rows = one.poll.result.get("tally", {}).get("counts", [])
    return [
        {**row, "won": row["name"] in elected} for row in sorted(rows, key=lambda row: (-row["in_favour"], row["name"]))
    ]


def _tellers(assembly: Assembly | None) -> list[Fact]:
    if assembly is None:
        return []
    named = [Fact(TELLER_ROLES[role], "、".join(names)) for role, names in assembly.tellers.items() if names]
    led = [Fact(_("主持人"), assembly.chair), Fact(_("记录人"), assembly.recorder)]
    return [fact for fact in [*led, *named] if fact.value]


def whole_url(whole: Whole) -> str:
    """The page of an election."""
    name = "desk-election" if isinstance(whole, Term) else "desk-by-election"
    return reverse(name, args=[whole.pk])


def _election_url(assembly: Assembly) -> str:
    return whole_url(assembly.by_election or assembly.term)


def _crumbs(assembly: Assembly, title: str) -> list[Link]:
    return council_crumbs(assembly.place, Link(_("选举"), _election_url(assembly)), Link(title, ""))


urlpatterns = [
    path("assemblies/<uuid:pk>/sign-in/", assembly_sign_in, name="assembly-sign-in"),
    path("assemblies/<uuid:pk>/tellers/", assembly_tellers, name="assembly-tellers"),
    path("assemblies/<uuid:pk>/sheet/", assembly_sheet, name="assembly-sheet"),
    path("rounds/<uuid:pk>/open/", round_open, name="round-open"),
    path("rounds/<uuid:pk>/declare/", round_declare, name="round-declare"),
    path("rounds/<uuid:pk>/sheet/", round_sheet, name="round-sheet"),
    path("rounds/<uuid:pk>/ballot/", round_ballot, name="round-ballot"),
]
