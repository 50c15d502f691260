"""What the straight year does not need: changing one's mind, by-elections, reporting up, stopping."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import OPERATOR, Cast
from tests.doors.api.program import Program
from tests.factories import councils, meetings, projects, proposals
from tests.factories.suggestions import a_session
from yishiting.ground.ledger.actions import sign_day
from yishiting.year.councils.models import Representative
from yishiting.year.proposals.states import State

HERE = "110105012022"


@pytest.fixture
def wang(cast: Cast) -> Program:
    return Program(person=cast.wang)


@pytest.fixture
def liu(cast: Cast) -> Program:
    return Program(person=cast.liu)


def test_places_seasons_rules(cast: Cast, wang: Program) -> None:
    anyone, sun = Program(), Program(person=cast.sun)
    assert anyone.get("/places/", q="枣营北里")["items"][0]["parent_code"] == "110105012"
    assert anyone.get("/places/", under="110105012")["total"] == 3
    assert anyone.get(f"/places/{HERE}")["kind"] == "community"
    assert anyone.get(f"/places/{HERE}/seasons")[0]["season"] == "consultation"
    assert any(one["key"] == "vote.majority" for one in anyone.get(f"/places/{HERE}/rules"))
    window = {"level": "community", "year": 2027, "season": "consultation", "opens": "2027-01-04"}
    assert sun.post("/places/110105/season-set-window", status=422, **window, closes="2027-01-01")["field"] == "closes"
    assert (
        sun.post("/places/110105/season-set-window", status=201, **window, closes="2027-03-26")["closes"]
        == "2027-03-26"
    )
    intake = {"reason": "暴雨后的排水", "opens": "2026-07-21", "closes": "2026-08-10"}
    opened = wang.post(f"/places/{HERE}/season-open-special", status=201, **intake)
    assert Program().get(f"/places/{HERE}/special-intakes") == [opened]
    ended = {**intake, "closes": "2026-07-22"}
    assert wang.post(f"/special-intakes/{opened['id']}/season-amend-special", **ended)["closes"] == "2026-07-22"
    assert sun.post("/places/110105/holiday-set", status=201, day="2026-10-08", worked=False)["worked"] is False
    assert wang.post(f"/places/{HERE}/holiday-set", status=403, day="2026-10-09", worked=False)


def test_organisations(cast: Cast, liu: Program) -> None:
    said = {"kind": "property_company", "name": "安居物业", "contact_phone": "65001234"}
    one = liu.post(f"/places/{HERE}/organisation-register", status=201, **said)["id"]
    assert liu.post(f"/places/{HERE}/organisation-register", status=422, **said)["field"] == "name"
    assert liu.post(f"/organisations/{one}/amend", name="安居物业公司")["contact_phone"] == ""
    assert liu.post(f"/organisations/{one}/close", on="2026-12-31", reason="合同到期")["valid_to"] == "2026-12-31"
    shown = Program().get("/organisations/", kind="property_company")["items"][0]
    assert (shown["name"], "contact_phone" in shown) == ("安居物业公司", False)


def test_the_ledger(cast: Cast) -> None:
    anyone = Program()
    assert anyone.get("/ledger/checkpoint", status=404)
    sign_day(date(2026, 3, 5), by=OPERATOR)
    assert anyone.get("/ledger/checkpoint")["day"] == "2026-03-05"
    export = anyone.browser.get("/api/v1/ledger/export")
    assert b"appointment.make" in b"".join(export.streaming_content)


def test_a_session_is_corrected(cast: Cast, liu: Program) -> None:
    held = a_session(cast)
    said = {"resident": 12, "reason": "漏数一人"}
    assert liu.post(f"/sessions/{held.pk}/amend", **said)["participant_count"] == 12


def test_a_council_changes_its_mind(cast: Cast, wang: Program, liu: Program) -> None:
    council = councils.a_council(cast)
    assert wang.post(f"/councils/{council.pk}/amend", purpose="议事。")["purpose"] == "议事。"
    term = councils.fill_candidates(cast, councils.a_nominating_term(cast, council))
    late = councils.a_candidate(cast, term.constituencies.first(), "丁一")
    assert liu.post(f"/candidates/{late.pk}/disqualify", status=422, reason=" ")["field"] == "reason"
    assert liu.post(f"/candidates/{late.pk}/disqualify", reason="不住本社区")["state"] == "disqualified"
    wang.post(f"/terms/{term.pk}/publicise-candidates")
    assert wang.post(f"/terms/{term.pk}/reopen-nominations", reason="人选有变")["state"] == "nominating"
    assert Program().get(f"/terms/{term.pk}/candidates") == []
    anyone = Program()
    assert anyone.get(f"/councils/{council.pk}")["purpose"] == "议事。"
    assert [one["number"] for one in anyone.get(f"/councils/{council.pk}/terms")] == [term.number]
    assert anyone.get(f"/terms/{term.pk}")["constituencies"][0]["name"] == "一号楼群"


def test_a_seat_is_filled_again(cast: Cast, clock: Any, wang: Program, liu: Program) -> None:
    term = councils.a_seated_term(cast, clock)
    seat = Representative.objects.filter(person=None).select_related("constituency").first()
    assert "账号" in liu.post(f"/representatives/{seat.pk}/link", status=422)["sentence"]
    left = wang.post(f"/representatives/{seat.pk}/end", kind="moved", reason="迁往通州")
    assert (left["end_kind"], left["left_early"]) == ("moved", True)
    clock.to(timezone.localdate() + timedelta(days=1))
    called = wang.post(f"/constituencies/{seat.constituency_id}/by-election-call", reason="代表迁出")
    one = f"/by-elections/{called['id']}"
    assert Program().get("/by-elections/", place=HERE)["items"][0]["constituency"] == seat.constituency.name
    for name in ("补甲", "补乙"):
        liu.post(
            f"/candidates/{councils.a_candidate(cast, seat.constituency, name, phone=phone_of(cast, name)).pk}/qualify"
        )
    wang.post(f"{one}/publicise")
    assert wang.post(f"{one}/reopen", reason="联系方式有误")["state"] == "nominating"
    notice = wang.post(f"{one}/publicise", contact="65001234")["notice_id"]
    assert [row["name"] for row in Program().get(f"{one}/candidates")] == ["补乙", "补甲"]
    assert liu.get("/lists/by-election-candidates", of=called["id"])["total"] == 2
    clock.to(date.fromisoformat(wang.get(f"/notices/{notice}")["last_day"]) + timedelta(days=1))
    wang.post(f"/notices/{notice}/close")
    wang.post(f"{one}/start", method="paper")
    fill(cast, wang, liu, one)
    assert wang.post(f"{one}/seat")["state"] == "seated"
    assert Program().get(one)["result_notice_id"]
    linked = Representative.objects.get(name="补甲")
    Representative.objects.filter(pk=linked.pk).update(person=None)
    assert liu.post(f"/representatives/{linked.pk}/link")["has_account"] is True
    ended = wang.post(f"/terms/{term.pk}/end", on=timezone.localdate().isoformat(), reason="社区合并")
    assert ended["state"] == "ended"


def phone_of(cast: Cast, name: str) -> str:
    return cast.lu.phone if name == "补甲" else ""


def fill(cast: Cast, wang: Program, liu: Program, one: str) -> None:
    """The vote of the by-election: 补甲 wins."""
    held = {"held_on": timezone.localdate().isoformat(), "venue": "社区活动室", "roll": councils.ROLL}
    assembly = liu.post(f"{one}/convene-assembly", **held)["id"]
    liu.post(f"/assemblies/{assembly}/sign-in", present=[str(n) for n in range(1, 41)])
    liu.post(f"/assemblies/{assembly}/appoint-tellers", watcher=["监甲"], counter=["计甲"])
    assert liu.get(f"/assemblies/{assembly}")["voters"][0]["present"] is True
    round_id = liu.get("/lists/by-election-rounds", of=one.rpartition("/")[2])["items"][0]["id"]
    opened = liu.post(f"/rounds/{round_id}/election-open-round", assembly=assembly)
    counts = {"issued": 40, "returned": 40, "valid": 40, "invalid": 0}
    for n, option in enumerate(opened["poll"]["options"]):
        yes = 33 if option["label"] == "补甲" else 5
        counts |= {f"{n}:for": yes, f"{n}:against": 0, f"{n}:abstain": 40 - yes}
    for program in (liu, Program(person=cast.zhou)):
        program.post(f"/polls/{opened['poll_id']}/tallies", counts=counts)
    assert wang.post(f"/rounds/{round_id}/election-declare")["outcome"] == "complete"
    assert liu.get(f"/rounds/{round_id}")["poll"]["result"]["elected"] == ["补甲"]


def test_a_by_election_is_given_up(cast: Cast, clock: Any, wang: Program) -> None:
    councils.a_seated_term(cast, clock)
    seat = Representative.objects.filter(person=None).first()
    wang.post(f"/representatives/{seat.pk}/end", kind="resigned", reason="书面辞去")
    clock.to(timezone.localdate() + timedelta(days=1))
    called = wang.post(f"/constituencies/{seat.constituency_id}/by-election-call", reason="代表辞去")
    assert wang.post(f"/by-elections/{called['id']}/give-up", reason="任期将满")["state"] == "given_up"


def test_a_meeting_changes(cast: Cast, clock: Any, wang: Program, liu: Program) -> None:
    meeting = meetings.planned(cast)
    one = f"/meetings/{meeting.pk}"
    assert liu.post(f"{one}/amend", venue="三层会议室")["venue"] == "三层会议室"
    first = liu.post(f"{one}/item-add", kind="deliberate", title="楼道灯")["id"]
    second = liu.post(f"{one}/item-add", kind="report", title="通报")["id"]
    assert liu.post(f"/items/{first}/amend", text="换声控灯。", touches_law=False)["text"] == "换声控灯。"
    assert liu.post(f"/items/{second}/move", position=1)["position"] == 1
    third = liu.post(f"{one}/item-add", kind="report", title="写错的")["id"]
    assert liu.post(f"/items/{third}/remove", reason="写错了")["state"] == "withdrawn"
    guest = liu.post(f"{one}/invite", role="lawyer", name="何律师", unit="某律所")["id"]
    liu.post(f"/invitations/{guest}/withdraw")
    wang.post(f"{one}/convene")
    moved = wang.post(f"{one}/postpone", starts_at="2026-03-24T14:00:00+08:00", reason="停电")
    assert (moved["state"], len(moved["people"])) == ("planned", 12)
    wang.post(f"{one}/convene")
    clock.to(date(2026, 3, 24), 14)
    meetings.here(cast, meeting, 10)
    wang.post(f"{one}/open")
    assert liu.post(f"/items/{second}/note", discussion="已知悉。")["state"] == "noted"
    assert liu.post(f"/items/{first}/put-off", reason="还要问价")["outcome"].startswith("改期再议")
    task = liu.post(f"{one}/task-assign", what="问价", who="刘芳", due="2026-04-01", item=first)
    assert liu.get("/lists/tasks", of=HERE, done="no")["items"][0]["item_id"] == first
    assert liu.post(f"/tasks/{task['id']}/finish")["done_on"] == "2026-03-24"


def test_a_meeting_is_cancelled(cast: Cast, wang: Program) -> None:
    meeting, _item = meetings.convened(cast)
    assert wang.post(f"/meetings/{meeting.pk}/cancel", reason="台风")["cancel_reason"] == "台风"
    assert Program().get("/meetings/")["total"] == 0


def test_a_proposal_goes_another_way(cast: Cast, clock: Any, wang: Program, liu: Program) -> None:
    proposal, _meeting = proposals.tabled(cast)
    one = f"/proposals/{proposal.pk}"
    assert liu.post(f"{one}/take-off", reason="材料不全")["state"] == "drafted"
    more = proposals.valid(cast, text="5号楼的灯也坏了，请一起修。")
    assert liu.post(f"{one}/add-source", status=422, suggestion=str(proposal.pk))["field"] == "suggestion"
    assert len(liu.post(f"{one}/add-source", suggestion=str(more.pk))["sources"]) == 2
    assert liu.post(f"{one}/put-off", conditions="有经费时办理")["state"] == "not_now"
    assert Program().get("/proposals/", state="not_now")["items"][0]["conditions"] == "有经费时办理"


def test_what_a_community_cannot_solve_is_answered_from_above(cast: Cast, clock: Any, wang: Program) -> None:
    proposal = proposals.decided(cast, clock, to=State.ADOPTED)
    one = f"/proposals/{proposal.pk}"
    reported = wang.post(f"{one}/report-up", reason="要动市政管线", responsible_level="subdistrict")
    assert (reported["state"], reported["referrals"][-1]["to_place"]) == ("reported_up", "110105012")
    zhao = Program(person=cast.zhao)
    assert zhao.get("/lists/reported", of="110105012")["items"][0]["id"] == str(proposal.pk)
    assert wang.get("/lists/reported", status=403, of="110105012")
    assert wang.post(f"{one}/bring-back", status=403, answer="可以")
    assert zhao.post(f"{one}/bring-back", answer="街道配合，由社区组织。")["state"] == "handed_down"
    assert zhao.post(f"{one}/agree", status=403, how="由社区组织")
    assert wang.post(f"{one}/agree", how="由社区组织")["state"] == "adopted"


def test_a_project_is_sent_back_and_stopped(cast: Cast, clock: Any, wang: Program, liu: Program) -> None:
    project = projects.planned(cast, projects.seated_council(cast))
    one = f"/projects/{project.pk}"
    notice = wang.post(f"{one}/publicise-plan")["notice_id"]
    wang.post(f"/notices/{notice}/withdraw", reason="费用写错了")
    assert liu.post(f"{one}/revise-plan", reason="改费用")["state"] == "planning"
    liming = Program(person=cast.liming)
    finding = liming.post(f"{one}/finding-raise", text="方案没写谁维护")["id"]
    liu.post(f"/findings/{finding}/answer", answer="已写上。")
    assert liming.post(f"/findings/{finding}/reject", reason="还没有写费用")["state"] == "open"
    assert liu.post(f"{one}/stop", status=403, reason="不办了")
    assert wang.post(f"{one}/stop", reason="改由街道统一实施")["state"] == "stopped"
    assert Program().get(one)["stop_reason"] == "改由街道统一实施"
