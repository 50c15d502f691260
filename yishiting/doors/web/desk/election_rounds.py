"""选举日: who came, who counts, each round from its opening to its result, and the sheets to print."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from yishiting.doors.web.desk.ballots import tally_url
from yishiting.doors.web.shared.declared import button, said_after
from yishiting.doors.web.shared.doors import door
from yishiting.doors.web.shared.nouns import Noun, address_of, know, trail
from yishiting.doors.web.shared.posting import act
from yishiting.doors.web.shared.requests import Request
from yishiting.doors.web.shared.shapes import Button, Fact
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.common.predicates import Question
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.organisations.permissions import reads_here
from yishiting.ground.seasons.labels import rules_called
from yishiting.instruments.ballots.models import Method
from yishiting.instruments.ballots.states import State as PollState
from yishiting.year.councils.actions import sign_in_voters
from yishiting.year.councils.actions.assemblies import TELLER_ROLES
from yishiting.year.councils.models import Assembly, ElectionRound, Term
from yishiting.year.councils.queries import Whole
from yishiting.year.councils.rules import represented

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


know(
    Noun(
        Assembly,
        part_of="whole",
        related=ASSEMBLY,
        by_hand={"assembly.sign_in": "assembly-sign-in"},
        called=lambda one: f"{cn_date(one.held_on, 'plain')} {one.venue}",
    ),
    Noun(ElectionRound, part_of="whole", related=ROUND),
)


@door(Assembly, needs="assembly.sign_in", related=ASSEMBLY)
def assembly_sign_in(request: Request, assembly: Assembly) -> HttpResponse:
    """Tick who has come."""
    back, verb = whole_url(assembly.whole), VERBS["assembly.sign_in"]
    if request.method == "POST":
        return act(
            request,
            lambda: sign_in_voters(assembly, by=request.actor, present=request.POST.getlist("pick")),
            to=back,
            done=said_after(verb, None),
        )
    shown = {"assembly": assembly, "back": back, "crumbs": trail(request, assembly, "desk", verb.label)}
    return render(request, "desk/assembly_sign_in.html", shown)


@door(Assembly, needs=reads_here, related=ASSEMBLY)
def assembly_sheet(request: Request, assembly: Assembly) -> HttpResponse:
    """The sign-in sheet to print."""
    return render(request, "desk/assembly_sheet.html", {"assembly": assembly, "back": whole_url(assembly.whole)})


@door(ElectionRound, needs=reads_here, related=ROUND)
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
        "back": whole_url(election_round.whole),
    }
    return render(request, "desk/round_sheet.html", shown)


@door(ElectionRound, needs=reads_here, related=ROUND)
def round_ballot(request: Request, election_round: ElectionRound) -> HttpResponse:
    """The ballot paper to copy: no number, no code, nothing that tells one sheet from another."""
    shown = {
        "round": election_round,
        "back": whole_url(election_round.whole),
        "large": request.GET.get("sheet") == "large",
    }
    return render(request, "desk/ballot.html", shown)


def round_verbs(request: Request, one: ElectionRound, whole: Whole) -> list[Button]:
    """What comes next for one round, and its sheets."""
    sheet = Button(_("结果单"), reverse("round-sheet", args=[one.pk]), "quiet", "get")
    paper = Button(_("打印选票"), reverse("round-ballot", args=[one.pk]), "quiet", "get")
    if one.declared_on is not None:
        return [sheet] if one.poll.result else []
    if one.poll.state == PollState.PREPARED:
        return [_opening(request, one), paper] if one.poll.method == Method.PAPER else [_opening(request, one)]
    if one.poll.state in (PollState.COUNTED, PollState.VOID):
        return [button(request, "election.declare", one, primary=True, room="desk"), sheet]
    if VERBS["poll.enter_tally"].may.why_not(Question(request.actor, one)) is not None:
        return []
    return [Button(_("录入计票"), tally_url(one.poll, whole_url(whole)), "primary", "get")]


def _opening(request: Request, one: ElectionRound) -> Button:
    """One press before the newest assembly: nobody chooses among assemblies while the voters wait."""
    asks = button(request, "election.open_round", one, primary=True)
    return replace(asks, url=address_of("election.open_round", one), method="post", fields={"revision": one.token})


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
    if by_proxy := represented(poll.entitled):
        facts.append(Fact(_("其中书面委托"), by_proxy))
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


urlpatterns = [
    path("assemblies/<uuid:pk>/sign-in/", assembly_sign_in, name="assembly-sign-in"),
    path("assemblies/<uuid:pk>/sheet/", assembly_sheet, name="assembly-sheet"),
    path("rounds/<uuid:pk>/sheet/", round_sheet, name="round-sheet"),
    path("rounds/<uuid:pk>/ballot/", round_ballot, name="round-ballot"),
]
