"""A whole year through the API alone: the council is elected, words become a project, it is judged.

The same verbs at a community, at a subdistrict, and at a village of a township.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import OPERATOR, Cast, person, place
from tests.conftest import Clock
from tests.doors.api.program import Program, with_token
from yishiting.ground.accounts.models import Person
from yishiting.ground.organisations.actions import appoint
from yishiting.ground.organisations.models import Office
from yishiting.ground.places.models import Kind, Level, Place
from yishiting.ground.seasons.actions import adopt_rulebook, set_window
from yishiting.ground.seasons.models import Season

LAMP = "3号楼2单元的楼道灯坏了半个月，老人晚上下楼看不清台阶，希望换成声控灯。"
LINES = [
    {"name": "一号楼群", "sector": "resident", "weight": 600, "seats": 4},
    {"name": "二号楼群", "sector": "resident", "weight": 400, "seats": 3},
    {"name": "两委一站", "sector": "two_committees_one_station", "weight": 20, "seats": 3},
]
VOTERS = 40
NAMES = "甲乙丙丁戊己庚辛壬"
CRITERIA = ("factual", "public_interest", "legality", "feasibility")


@dataclass
class Community:
    """The people of the year, each at their own program."""

    cast: Cast
    clock: Clock
    duty: str = "community"
    sun_li: Person = field(init=False)
    lines: list[dict[str, Any]] = field(default_factory=lambda: LINES)

    def __post_init__(self) -> None:
        until = date(2027, 3, 1)
        self.sun_li = person("sunli", "孙丽", "13800000011", staff=False)
        self.wang, self.liu, self.zhou = (with_token(one, until) for one in self.staff())
        self.liming, self.lu, self.sunli = (
            Program(person=one) for one in (self.cast.liming, self.cast.lu, self.sun_li)
        )
        self.anyone = Program()
        self.code = self.place().code

    def place(self) -> Place:
        """Where the year is lived."""
        return self.cast.zaobei

    def staff(self) -> tuple[Person, Person, Person]:
        """Who leads, who works at the desk, who watches it."""
        return self.cast.wang, self.cast.liu, self.cast.zhou

    @property
    def total(self) -> int:
        """All seats of the council."""
        return sum(line["seats"] for line in self.lines)

    @property
    def council(self) -> str:
        return str(self.anyone.get("/councils/", place=self.code)["items"][0]["id"])

    def on(self, day: str, hour: int = 10) -> None:
        self.clock.to(date.fromisoformat(day), hour)

    def today(self) -> str:
        return timezone.localdate().isoformat()

    def after(self, notice: str) -> None:
        """The day after the last day of a notice, which the desk then closes."""
        last = self.anyone.get(f"/notices/{notice}")["last_day"]
        self.clock.to(date.fromisoformat(last) + timedelta(days=1))
        assert self.wang.post(f"/notices/{notice}/close")["state"] == "clear"

    def count(self, poll: str, counts: dict[str, int]) -> dict[str, Any]:
        """Two people key in the sheet, apart."""
        assert self.liu.post(f"/polls/{poll}/tallies", counts=counts)["state"] == "counting"
        counted = self.zhou.post(f"/polls/{poll}/tallies", counts=counts)
        assert counted["state"] == "counted"
        return counted


def with_office(where: Place, login: str, name: str, office: Office) -> Person:
    someone = person(login, name)
    appoint(where, by=OPERATOR, person=someone, office=office, since=date(2025, 1, 1))
    return someone


class Subdistrict(Community):
    """麦子店街道: its own council, over half of it sent by communities."""

    def __post_init__(self) -> None:
        self.duty = "subdistrict"
        self.lines = [
            {"name": "枣营北里社区", "sector": "resident", "seats": 6, "sends": self.cast.zaobei.code},
            {"name": "枣营南里社区", "sector": "resident", "seats": 6, "sends": self.cast.zaonan.code},
            {"name": "驻区单位", "sector": "resident_unit", "seats": 2},
            {"name": "人大代表", "sector": "peoples_deputy", "seats": 2},
            {"name": "党代表", "sector": "party_delegate", "seats": 1},
            {"name": "政协委员", "sector": "cppcc_member", "seats": 1},
            {"name": "社会组织", "sector": "social_organisation", "seats": 1},
            {"name": "流动人员", "sector": "migrant_resident", "seats": 1},
            {"name": "特邀人士", "sector": "invited_member", "seats": 1},
        ]
        super().__post_init__()
        seasons(self.cast, Level.SUBDISTRICT)

    def place(self) -> Place:
        return self.cast.maizidian

    def staff(self) -> tuple[Person, Person, Person]:
        here = self.place()
        return (
            with_office(here, "gao", "高书记", Office.SUBDISTRICT_SECRETARY),
            self.cast.zhao,
            with_office(here, "shen", "沈审计", Office.SUBDISTRICT_AUDITOR),
        )


class Village(Community):
    """A village of a township."""

    def place(self) -> Place:
        if not hasattr(self, "_village"):
            township = place("110105026", "金盏地区", Level.SUBDISTRICT, Kind.TOWNSHIP, self.cast.district)
            self._village = place("110105026201", "东村", Level.COMMUNITY, Kind.VILLAGE, township)
        return self._village

    def staff(self) -> tuple[Person, Person, Person]:
        here = self.place()
        return (
            with_office(here, "gao", "高书记", Office.COMMUNITY_SECRETARY),
            with_office(here, "ma", "马会计", Office.COMMUNITY_WORKER),
            with_office(here, "shen", "沈大爷", Office.COMMUNITY_SUPERVISOR),
        )


def seasons(cast: Cast, level: Level) -> None:
    """The district opens the three seasons for another level."""
    for season, opens, closes in (
        (Season.CONSULTATION, date(2026, 1, 1), date(2026, 3, 31)),
        (Season.DELIVERY, date(2026, 4, 1), date(2026, 9, 30)),
        (Season.REVIEW, date(2026, 10, 1), date(2026, 12, 31)),
    ):
        set_window(cast.district, by=cast.sun, level=level, year=2026, season=season, opens=opens, closes=closes)


@pytest.mark.parametrize("where", [Community, Subdistrict, Village])
def test_the_year_by_api(cast: Cast, clock: Clock, where: type[Community]) -> None:
    community = where(cast, clock)
    term = elect(community)
    suggestion = suggest(community)
    proposal = deliberate(community, suggestion)
    verbs = {row["verb"] for row in community.anyone.get("/ledger/entries", place=community.code, size=200)["items"]}
    seated = "term.confirm" if isinstance(community, Subdistrict) else "term.seat"
    assert {seated, "suggestion.submit", "item.decide"} <= verbs
    if isinstance(community, Subdistrict):
        return  # its works come from the directors' plan and are a section's: test_a_works_plan, test_answered_and_done_by_a_section
    project = carry_out(community, proposal, term)
    review(community, project)
    shown = community.anyone.get(f"/projects/{project}")
    assert (shown["state"], shown["state_label"]) == ("reviewed", "评议达标")
    verbs = {row["verb"] for row in community.anyone.get("/ledger/entries", place=community.code, size=200)["items"]}
    assert {"project.accept", "review.declare"} <= verbs


def elect(here: Community) -> str:
    """From founding the council to the first day in office."""
    council = here.wang.post(
        f"/places/{here.code}/council-found", purpose="协商社区公共事务。", founded_on="2020-03-01"
    )
    term = here.wang.post(f"/councils/{council['id']}/term-begin", number=3)["id"]
    assert here.anyone.get(f"/terms/{term}", status=404)
    tried = here.liu.post(f"/terms/{term}/plan/try", lines=here.lines)
    assert tried["total"] == here.total
    plan = here.liu.post(f"/terms/{term}/plan", lines=here.lines)
    here.wang.post(f"/terms/{term}/fix-seats")
    if isinstance(here, Subdistrict):
        return send(here, term, plan["constituencies"])
    stood = stand(here, plan["constituencies"][0]["id"])
    nominate(here, plan["constituencies"])
    assert here.anyone.get(f"/terms/{term}/candidates") == []
    notice = here.wang.post(f"/terms/{term}/publicise-candidates", basis="社区党委3月2日会议决定")["notice_id"]
    shown = here.anyone.get(f"/terms/{term}/candidates")
    assert [one["name"] for one in shown if one["unit"] == "3号楼"] == ["李明"]
    assert here.liming.get(f"/candidates/{stood}/mine")["state"] == "qualified"
    here.after(notice)
    here.wang.post(f"/terms/{term}/start-election", method="paper")
    vote(here, term)
    seated = here.wang.post(f"/terms/{term}/seat")
    assert (seated["state"], len(here.anyone.get("/representatives/", place=here.code)["items"])) == (
        "seated",
        here.total,
    )
    return str(term)


def send(here: Community, term: str, constituencies: list[dict[str, Any]]) -> str:
    """Communities send, the others are recommended; all are reviewed, publicised and confirmed, and nobody votes."""
    known = [(one.name, one.phone) for one in (here.cast.liming, here.cast.lu, here.sun_li)]
    basis = {"birth_year": 1960, "consents": True}
    for nth, group in enumerate(constituencies):
        own = known if nth == 0 else []
        missing = group["seats"] - len(own)
        for name, phone in [*own, *((f"{'赵钱孙李周吴郑冯陈'[nth]}{NAMES[n]}", "") for n in range(missing))]:
            who, at = {"name": name, "phone": phone, **basis}, f"/constituencies/{group['id']}"
            if group["sends"]:
                one = here.liu.post(f"{at}/send", basis="3月4日社区协商会推派", **who)
            else:
                one = here.liu.post(f"{at}/candidate-nominate", route="recommendation", proposed_by="党工委", **who)
            here.liu.post(f"/candidates/{one['id']}/qualify")
    here.after(here.wang.post(f"/terms/{term}/publicise-candidates", basis="党工委3月2日会议决定")["notice_id"])
    seated = here.wang.post(f"/terms/{term}/confirm")
    assert seated["state"] == "seated"
    assert len(here.anyone.get("/representatives/", place=here.code)["items"]) == here.total
    return term


def stand(here: Community, constituency: str) -> str:
    """李明 comes forward himself; the desk reviews him."""
    open_to = [one["id"] for one in here.anyone.get("/constituencies/", place=here.code)]
    assert constituency in open_to
    said = {"name": "李明", "birth_year": 1970, "unit": "3号楼", "consents": True, "publishes": ["unit"]}
    here.anyone.post(f"/constituencies/{constituency}/candidate-stand", status=403, **said)
    mine = here.liming.post(f"/constituencies/{constituency}/candidate-stand", **said)["id"]
    here.liu.post(f"/candidates/{mine}/qualify", note="户口簿已核对。")
    return str(mine)


def nominate(here: Community, constituencies: list[dict[str, Any]]) -> None:
    """One more than the seats in each constituency; 陆桂芳 and 孙丽 with their phones."""
    known = {here.lines[0]["name"]: [("陆桂芳", here.cast.lu.phone), ("孙丽", here.sun_li.phone)]}
    for nth, group in enumerate(constituencies):
        own = known.get(group["name"], [])
        missing = group["seats"] + 1 - len(own) - (1 if own else 0)
        for name, phone in [*own, *((f"{'赵钱孙李周吴郑冯陈'[nth]}{NAMES[n]}", "") for n in range(missing))]:
            form = {"name": name, "birth_year": 1960, "phone": phone, "consents": True, "publishes": ["gender"]}
            one = here.liu.post(
                f"/constituencies/{group['id']}/candidate-nominate",
                route="recommendation",
                proposed_by="12名居民",
                **form,
            )
            here.liu.post(f"/candidates/{one['id']}/qualify")


def vote(here: Community, term: str) -> None:
    """The assembly meets; each round is opened, counted twice and declared."""
    roll = "\n".join(f"代表{n:02d} {n}号楼" for n in range(1, VOTERS + 1))
    held = {"held_on": here.today(), "venue": "社区活动室", "roll": roll, "chair": "王建国"}
    assembly = here.liu.post(f"/terms/{term}/assembly-convene", **held)["id"]
    here.liu.post(f"/assemblies/{assembly}/sign-in", present=[str(n) for n in range(1, VOTERS + 1)])
    here.liu.post(f"/assemblies/{assembly}/appoint-tellers", watcher=["监甲"], counter=["计甲"])
    for one in here.liu.get("/lists/election-rounds", of=term)["items"]:
        opened = here.liu.post(f"/rounds/{one['id']}/election-open-round", assembly=assembly)
        here.count(opened["poll_id"], sheet(opened["poll"], opened["seats"]))
        assert here.wang.post(f"/rounds/{one['id']}/election-declare")["outcome"] == "complete"


def sheet(poll: dict[str, Any], seats: int) -> dict[str, int]:
    """As many winners as seats; the three with accounts are among them."""
    counts = {"issued": VOTERS, "returned": VOTERS, "valid": VOTERS, "invalid": 0}
    labels = [option["label"] for option in poll["options"]]
    order = sorted(labels, key=lambda label: (label not in ("李明", "陆桂芳", "孙丽"), label))
    for n, label in enumerate(labels):
        place = order.index(label)
        in_favour = 35 - place if place < seats else 4
        counts |= {f"{n}:for": in_favour, f"{n}:against": 0, f"{n}:abstain": VOTERS - in_favour}
    assert set(counts) == {one["key"] for one in poll["sheet_fields"]}
    return counts


def suggest(here: Community) -> str:
    """A visitor speaks; the desk screens and answers."""
    taken = here.anyone.post(
        f"/places/{here.code}/suggestion-submit", text=LAMP, where="3号楼2单元", phone="13900000021"
    )
    marks = dict.fromkeys(CRITERIA, "pass")
    screened = here.liu.post(f"/suggestions/{taken['id']}/screen", **marks, result="valid")
    assert screened["state"] == "valid"
    if here.duty == "subdistrict":
        # the directors name leaders in tests/journeys/test_a_works_plan.py; this place lets its desk do it
        own = {"suggestion.assigned_by_directors": False}
        adopt_rulebook(here.place(), by=OPERATOR, year=2026, in_force_from=timezone.localdate(), changes=own)
        here.liu.post(f"/suggestions/{taken['id']}/assign", responsible=here.wang.get("/me/")["id"])
    asked = here.anyone.post("/suggestions/follow", receipt=taken["receipt"], tail="0021")
    assert asked["state"] == "valid"
    return str(taken["id"])


def deliberate(here: Community, suggestion: str) -> str:
    """Drafted, tabled, voted on at a meeting with a quorum, decided."""
    ready = here.liu.get("/proposals/ready", place=here.code)["items"]
    assert [one["id"] for one in ready] == [suggestion]
    words = {"title": "楼道换声控灯", "situation": "灯坏了半个月。", "measures": "3号楼各单元换声控灯。"}
    proposal = here.liu.post(
        "/proposals/", place=here.code, suggestions=[suggestion], responsible_level=here.duty, **words
    )["id"]
    meeting = here.liu.post(
        f"/councils/{here.council}/meeting-plan",
        kind="deliberation",
        title="2026年审议会",
        starts_at="2026-03-27T14:00:00+08:00",
        venue="社区二层会议室",
        chair="王建国",
    )["id"]
    see_and_ask(here, proposal, suggestion)
    here.liu.post(f"/proposals/{proposal}/table", meeting=meeting)
    here.liu.post(f"/proposals/{proposal}/amend", reason="补上楼号", measures="3号楼、5号楼各单元换声控灯。")
    convened = here.wang.post(f"/meetings/{meeting}/convene")
    assert convened["due_count"] == here.total
    item = convened["items"][0]
    assert "5号楼" in item["text"]
    sit(here, meeting, item["id"])
    decided = here.liu.post(f"/proposals/{proposal}/decide")
    assert (decided["state"], bool(decided["resolution_number"])) == ("adopted", True)
    minute(here, meeting, proposal)
    return str(proposal)


def see_and_ask(here: Community, proposal: str, suggestion: str) -> None:
    """Somebody goes there; a subdistrict tables the draft only after whoever proposed it was asked about it."""
    today = here.today()
    seen = {"visited_on": today, "people": "城建科赵敏", "found": "灯座在二层"}
    assert here.liu.post(f"/proposals/{proposal}/visit", **seen)["found"] == "灯座在二层"
    if here.duty != "subdistrict":
        return
    sent = here.liu.post(f"/proposals/{proposal}/ask-proposers")
    said = {"suggestion": suggestion, "stance": "conditional", "words": "灯不要太亮", "replied_on": today}
    assert here.liu.post(f"/drafts/{sent['id']}/note", **said)["stance"] == "conditional"


def sit(here: Community, meeting: str, item: str) -> None:
    """李明 signs in with one tap, the others at the desk; the item is voted on by show of hands."""
    here.on("2026-03-27", 14)
    mine = here.liming.get("/me/invitations")[0]
    here.liming.post(f"/invitations/{mine['id']}/acknowledge-rules")
    here.liming.post(f"/invitations/{mine['id']}/sign-in")
    others = [one for one in here.liu.get(f"/meetings/{meeting}/desk")["people"] if one["id"] != mine["id"]]
    here.liu.post(f"/meetings/{meeting}/attendance", attendance={one["id"]: "present" for one in others[:-1]})
    assert here.wang.post(f"/meetings/{meeting}/open")["present_count"] == here.total - 1
    here.liu.post(f"/items/{item}/take-notes", discussion="大家都说灯太暗。")
    voting = here.wang.post(f"/items/{item}/vote", method="show_of_hands", recused={})
    here.count(voting["poll_id"], {"for": here.total - 2, "against": 0, "abstain": 1})
    assert here.wang.post(f"/items/{item}/decide")["resolution_number"]


def minute(here: Community, meeting: str, proposal: str) -> None:
    """The meeting is closed, its minutes approved and published for everyone."""
    here.liu.post(f"/meetings/{meeting}/task-assign", what="联系电工", who="刘芳", due="2026-04-10")
    closed = here.wang.post(f"/meetings/{meeting}/close")
    assert here.anyone.get(f"/meetings/{meeting}")["minutes"] == ""
    here.liu.post(f"/meetings/{meeting}/write-minutes", minutes=closed["minutes"] + "\n散会。")
    here.wang.post(f"/meetings/{meeting}/approve-minutes")
    here.wang.post(f"/meetings/{meeting}/publish-minutes")
    assert "散会" in here.anyone.get(f"/meetings/{meeting}")["minutes"]
    assert here.anyone.get(f"/proposals/{proposal}")["state"] == "adopted"


def carry_out(here: Community, proposal: str, term: str) -> str:
    """Plan, publicity, work, a finding put right, acceptance by the supervision group."""
    here.on("2026-04-02")
    waits = {one["verb"] for one in here.wang.get("/me/waiting")}
    assert "project.open" in waits
    project = here.liu.post(f"/proposals/{proposal}/project-open")["id"]
    plan_it(here, project, term)
    notice = here.wang.post(f"/projects/{project}/publicise-plan")["notice_id"]
    here.after(notice)
    here.liu.post(f"/projects/{project}/start")
    here.liu.post(f"/projects/{project}/note-progress", percent=60, text="灯已到货。")
    finding = here.liming.post(f"/projects/{project}/finding-raise", text="2单元的灯晚上不亮。")["id"]
    here.liu.post(f"/findings/{finding}/answer", answer="换了感应头。")
    here.liming.post(f"/findings/{finding}/confirm")
    here.liu.post(f"/projects/{project}/complete", text="全部换好。")
    for one in (here.liming, here.lu, here.sunli):
        one.post(f"/projects/{project}/sign", meets_standard=True)
    assert here.liu.post(f"/projects/{project}/accept")["state"] == "accepted"
    assert [one["percent"] for one in here.anyone.get(f"/projects/{project}/progress")] == [60, 100]
    return str(project)


def plan_it(here: Community, project: str, term: str) -> None:
    """The plan, the team, the supervision group."""
    here.liu.post(
        f"/projects/{project}/write-plan",
        content="3号楼、5号楼各单元换声控灯",
        responsible_name="刘芳",
        deadline="2026-06-30",
        completion_standard="天黑后有声即亮，照到台阶",
        maintenance_owner="安居物业",
        maintenance_yearly_cost=30_000,
        planned_cost=1_235_000,
        cost_source="社区公益金",
    )
    here.liu.post(f"/projects/{project}/set-team", members=[{"name": "刘芳", "duty": "联系施工"}])
    seats = here.liu.get("/lists/roster", of=here.code)["items"]
    group = [one["id"] for one in seats if one["account"] and one["term_id"] == term]
    assert len(group) == 3
    here.wang.post(f"/projects/{project}/set-supervisors", representatives=group)


def review(here: Community, project: str) -> None:
    """The review meeting: the ballot, the exact gate, the published result."""
    here.on("2026-12-01")
    meeting = here.liu.post(
        f"/councils/{here.council}/meeting-plan",
        kind="review",
        title="2026年问效会",
        starts_at="2026-12-10T14:00:00+08:00",
        venue="社区二层会议室",
    )["id"]
    listed = here.liu.post(f"/meetings/{meeting}/review-list", projects=[project])[0]
    here.wang.post(f"/meetings/{meeting}/convene")
    here.on("2026-12-10", 14)
    people = here.liu.get(f"/meetings/{meeting}/desk")["people"]
    here.liu.post(f"/meetings/{meeting}/attendance", attendance={one["id"]: "present" for one in people})
    here.wang.post(f"/meetings/{meeting}/open")
    voting = here.liu.post(f"/reviews/{listed['id']}/take-vote", method="paper")
    ballots = dict.fromkeys(("issued", "returned", "valid"), here.total) | {"invalid": 0}
    here.count(voting["poll_id"], {**ballots, "satisfied": here.total - 1, "mostly": 1, "unsatisfied": 0})
    assert here.anyone.get("/reviews/", place=here.code)["total"] == 0
    assert here.wang.post(f"/reviews/{listed['id']}/declare")["state"] == "passed"
    notice = here.wang.post(f"/meetings/{meeting}/review-publicise")
    assert here.anyone.get("/reviews/", project=project)["items"][0]["notice_id"] == notice["id"]
