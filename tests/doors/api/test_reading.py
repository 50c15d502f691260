"""What everyone may read, what only the desk, and that a longer list asks no more questions."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.doors.api.program import Program
from tests.factories import ballots, councils, meetings, projects, proposals, publicity
from yishiting.ground.organisations.actions import register_organisation
from yishiting.ground.organisations.models import OrganisationKind
from yishiting.instruments.ballots.models import Poll
from yishiting.instruments.publicity.models import NoticeKind
from yishiting.year.councils.actions import end_representative, record_consent
from yishiting.year.councils.choices import Leaving
from yishiting.year.councils.models import Candidate, Council, Representative
from yishiting.year.meetings.actions import add_item, convene_meeting
from yishiting.year.meetings.models import Invitation, ItemKind
from yishiting.year.projects.models import Project
from yishiting.year.proposals.models import Proposal


def a_notice(cast: Cast, clock: Any, n: int) -> None:
    publicity.an_objection(publicity.a_notice(cast, title=f"公示{n}"))


def an_organisation(cast: Cast, clock: Any, n: int) -> None:
    register_organisation(cast.zaobei, by=cast.wang, kind=OrganisationKind.RESIDENT_UNIT, name=f"单位{n}")


def a_poll(cast: Cast, clock: Any, n: int) -> None:
    ballots.hands(cast)


def a_meeting(cast: Cast, clock: Any, n: int) -> None:
    council = Council.objects.filter(place=cast.zaobei).first() or meetings.a_council(cast.zaobei, person=cast.liming)
    ad_hoc = {"kind": "ad_hoc", "consent": "3月4日社区党委会同意"}
    meeting = meetings.planned(cast, council, **ad_hoc)
    add_item(meeting, by=cast.liu, kind=ItemKind.DELIBERATE, title="楼前绿地改停车位", text="改建12个车位。")
    convene_meeting(meeting, by=cast.wang)


def a_proposal(cast: Cast, clock: Any, n: int) -> None:
    proposals.drafted(cast, title=f"案{n}", suggestions=[proposals.valid(cast, text=f"第{n}盏灯坏了，请修。")])
    Proposal.objects.filter(state="drafted").update(state="tabled")


def a_ready_suggestion(cast: Cast, clock: Any, n: int) -> None:
    proposals.valid(cast, text=f"第{n}盏灯坏了，请修。")


def a_project(cast: Cast, clock: Any, n: int) -> None:
    projects.underway(cast, clock, f"项目{n}")


def a_representative(cast: Cast, clock: Any, n: int) -> None:
    if not Council.objects.exists():
        projects.seated_council(cast, 1)
    one = Council.objects.get().terms.get()
    group = one.constituencies.first()
    Representative.objects.create(
        term=one, constituency=group, place=cast.zaobei, name=f"代表{n}", since=date(2025, 1, 1)
    )


def a_candidate(cast: Cast, clock: Any, n: int) -> None:
    term = Council.objects.get().terms.get() if Council.objects.exists() else councils.a_nominating_term(cast)
    councils.a_candidate(cast, term.constituencies.first(), f"候选{'甲乙丙丁'[n]}")


def a_message(cast: Cast, clock: Any, n: int) -> None:
    from yishiting.instruments.publicity.actions import answer_objection

    objection = publicity.an_objection(publicity.a_notice(cast, title=f"公示{n}"), by=cast.liu)
    answer_objection(objection, by=cast.wang, upheld=False, answer="无误。")


HERE = "?place=110105012022"
LISTS: list[tuple[str, Callable[[Cast, Any, int], None]]] = [
    (f"/notices/{HERE}", a_notice),
    (f"/organisations/{HERE}", an_organisation),
    (f"/polls/{HERE}", a_poll),
    (f"/meetings/{HERE}", a_meeting),
    (f"/proposals/{HERE}", a_proposal),
    (f"/proposals/ready{HERE}", a_ready_suggestion),
    (f"/projects/{HERE}", a_project),
    (f"/representatives/{HERE}", a_representative),
    ("/terms/{term}/representatives", a_representative),
    ("/constituencies/" + HERE, a_candidate),
    ("/councils/" + HERE, a_candidate),
    ("/me/messages", a_message),
    ("/me/waiting", a_notice),
]


def queries(program: Program, path: str) -> int:
    program.get(path)
    with CaptureQueriesContext(connection) as asked:
        program.get(path)
    return len([one for one in asked.captured_queries if "django_session" not in one["sql"]])


def here(path: str) -> str:
    term = Council.objects.get().terms.get().pk if "{term}" in path else ""
    return path.format(term=term)


@pytest.mark.parametrize(("path", "one_more"), LISTS, ids=[path.partition("?")[0] for path, _make in LISTS])
def test_a_list_of_three_asks_no_more_than_a_list_of_one(cast: Cast, clock, path: str, one_more: Any) -> None:
    liu = Program(person=cast.liu)
    one_more(cast, clock, 0)
    first = queries(liu, here(path))
    one_more(cast, clock, 1)
    one_more(cast, clock, 2)
    assert queries(liu, here(path)) <= first


def test_the_board_shows_the_answer_but_never_who_objects(cast: Cast) -> None:
    notice = publicity.a_notice(cast)
    objection = publicity.an_objection(notice)
    shown = Program().get(f"/notices/{notice.pk}/objections")
    assert shown[0]["receipt"] == objection.receipt
    assert "13900000009" not in str(shown)
    assert "text" not in shown[0]
    assert Program().get(f"/objections/{objection.receipt}")["state"] == "received"
    assert Program(person=cast.lu).get(f"/notices/{notice.pk}/objections/desk", status=403)
    assert Program(person=cast.qian).get(f"/notices/{notice.pk}/objections/desk", status=403)
    kept = Program(person=cast.liu).get(f"/notices/{notice.pk}/objections/desk")
    assert kept[0]["contact"] == "13900000009"


def test_a_coming_notice_is_the_desks_until_its_day(cast: Cast, clock) -> None:
    notice = publicity.a_notice(cast, kind=NoticeKind.ANNOUNCEMENT, posted_on=date(2026, 3, 10))
    assert Program().get("/notices/")["total"] == 0
    assert Program().get(f"/notices/{notice.pk}", status=404)
    assert Program(person=cast.wang).get(f"/notices/{notice.pk}")["title"] == notice.title
    clock.to(date(2026, 3, 10))
    assert Program().get(f"/notices/{notice.pk}")["posted_on"] == "2026-03-10"


def test_candidates_and_representatives_say_only_what_they_agreed_to(cast: Cast, clock) -> None:
    term = councils.hold_election(cast, councils.an_electing_term(cast, clock))
    shy = Candidate.objects.filter(state="elected").first()
    path = f"/terms/{term.pk}/candidates"
    assert Program().get(path)[0]["gender"] == "女"
    Candidate.objects.filter(pk=shy.pk).update(consents_to_publication=False, publishes=[])
    told = [one for one in Program().get(path) if one["constituency"] == shy.constituency.name]
    assert shy.name not in [one["name"] for one in told]
    assert {"name": f"{shy.name[0]}*", "gender": "—", "unit": "—", "birth_year": "—"}.items() <= next(
        one for one in told if "*" in one["name"]
    ).items()
    assert cast.liming.phone not in str(Program().get(path))
    assert Program().get("/lists/candidates", status=403, of=term.pk)
    (found,) = Program(person=cast.zhao).get("/lists/candidates", of=term.pk, q=shy.name)["items"]
    assert Program(person=cast.zhao).get(f"/candidates/{found['id']}")["has_account"] in (True, False)
    record_consent(shy, by=cast.liu, consents=True)


def test_the_roster_keeps_the_reason_of_leaving_for_the_desk(cast: Cast) -> None:
    seat = projects.seated_council(cast)[2]
    end_representative(seat, by=cast.wang, kind=Leaving.MOVED, reason="搬去通州")
    shown = Program().get(f"/terms/{seat.term_id}/representatives")
    assert "搬去通州" not in str(shown)
    assert [one["left_early"] for one in shown].count(True) == 1
    assert "搬去通州" in str(Program(person=cast.liu).get("/lists/roster", of=cast.zaobei.code))
    assert Program().get("/lists/roster", status=403, of=cast.zaobei.code)


def test_a_planned_meeting_and_a_draft_are_the_desks(cast: Cast) -> None:
    meeting, item = meetings.with_item(cast)
    proposal = proposals.drafted(cast)
    anyone, zhao = Program(), Program(person=cast.zhao)
    assert anyone.get(f"/meetings/{meeting.pk}", status=404)
    assert anyone.get(f"/proposals/{proposal.pk}", status=404)
    assert (anyone.get("/meetings/")["total"], anyone.get("/proposals/")["total"]) == (0, 0)
    assert zhao.get(f"/meetings/{meeting.pk}/desk")["items"][0]["title"] == item.title
    assert zhao.get(f"/proposals/{proposal.pk}/desk")["sources"][0]["count"] == 1
    for path in (f"/meetings/{meeting.pk}/desk", f"/proposals/{proposal.pk}/desk"):
        assert Program(person=cast.qian).get(path, status=403)
        assert anyone.get(path, status=403)


def test_the_minutes_and_the_notes_are_not_public_before_their_time(cast: Cast, clock) -> None:
    meeting, item = meetings.opened(cast, clock)
    liu = Program(person=cast.liu)
    liu.post(f"/items/{item.pk}/take-notes", discussion="张三说他家漏水。")
    assert "张三" not in str(Program().get(f"/meetings/{meeting.pk}"))
    assert "李明" not in str(Program().get(f"/meetings/{meeting.pk}"))
    assert "张三" in str(liu.get(f"/meetings/{meeting.pk}/desk"))


def test_a_project_shows_everyone_its_progress_and_its_own_people_the_findings(cast: Cast, clock) -> None:
    project = projects.underway(cast, clock)
    found = Program(person=cast.liming).post(f"/projects/{project.pk}/finding-raise", text="灯柱歪了")["id"]
    Program(person=cast.liu).post(f"/projects/{project.pk}/note-progress", percent=30, text="材料到场")
    anyone = Program()
    assert anyone.get(f"/projects/{project.pk}/progress")[0]["text"] == "材料到场"
    assert "灯柱歪了" not in str(anyone.get(f"/projects/{project.pk}"))
    for who in (cast.liming, cast.liu, cast.zhou):
        assert Program(person=who).get(f"/projects/{project.pk}/desk")["findings"][0]["text"] == "灯柱歪了"
        assert Program(person=who).get(f"/findings/{found}")["state"] == "open"
    for stranger in (Program(person=cast.qian), anyone):
        assert stranger.get(f"/projects/{project.pk}/desk", status=403)
        assert stranger.get(f"/findings/{found}", status=403)
    line = Program(person=cast.liu).get("/lists/projects", of=cast.zaobei.code)["items"][0]
    assert line["open_findings"] == 1
    assert line["pace"].startswith("还剩")


def test_a_sheet_is_read_only_by_those_who_count(cast: Cast) -> None:
    poll = ballots.hands(cast)
    path = f"/polls/{poll.pk}"
    keys = [one["key"] for one in Program(person=cast.zhou).get(path)["sheet_fields"]]
    assert keys == ["for", "against", "abstain"]
    assert Program(person=cast.lu).get(path, status=403)
    assert Program().get("/polls/" + HERE, status=403)


def test_two_different_keyings_name_the_difference(cast: Cast) -> None:
    poll = ballots.hands(cast)
    wang, liu = Program(person=cast.wang), Program(person=cast.liu)
    wang.post(f"/polls/{poll.pk}/tallies", counts={"for": 8, "against": 1, "abstain": 1})
    assert (
        "换一位"
        in wang.post(f"/polls/{poll.pk}/tallies", status=422, counts={"for": 8, "against": 1, "abstain": 1})["sentence"]
    )
    different = liu.post(f"/polls/{poll.pk}/tallies", counts={"for": 7, "against": 2, "abstain": 1})
    assert [(one["first"], one["second"]) for one in different["differences"]] == [(8, 7), (1, 2)]
    assert liu.post(f"/polls/{poll.pk}/void", reason="重新投票")["state"] == "void"
    assert Poll.objects.get().void_reason == "重新投票"


def test_an_own_candidacy_is_the_candidates(cast: Cast) -> None:
    term = councils.a_nominating_term(cast)
    group = term.constituencies.first().pk
    lu = Program(person=cast.lu)
    said = {"name": "陆桂芳", "birth_year": 1958, "phone": "13800000001"}
    assert lu.post(f"/constituencies/{group}/candidate-stand", status=422, **said)["field"] == "consents"
    mine = lu.post(f"/constituencies/{group}/candidate-stand", **said, consents=True)
    assert (mine["publishes"], "phone" in mine) == ([], False)
    assert Program(person=cast.liming).get(f"/candidates/{mine['id']}/mine", status=403)
    assert lu.get(f"/candidates/{mine['id']}", status=403)
    assert Program(person=cast.liu).get(f"/candidates/{mine['id']}")["phone"] == "13800000001"
    assert lu.post(f"/candidates/{mine['id']}/consent", consents=True, publishes=["unit"])["publishes"] == ["unit"]
    assert lu.post(f"/candidates/{mine['id']}/withdraw")["state"] == "withdrawn"


def test_an_invitation_is_answered_by_the_invited(cast: Cast, clock) -> None:
    meeting, _item = meetings.convened(cast)
    mine = Program(person=cast.liming).get("/me/invitations")[0]
    other = Invitation.objects.filter(meeting=meeting).exclude(pk=UUID(mine["id"])).first()
    assert Program(person=cast.liming).post(f"/invitations/{other.pk}/excuse", status=403, reason="出差")
    assert (
        Program(person=cast.liming).post(f"/invitations/{mine['id']}/excuse", reason="出差")["attendance"] == "excused"
    )
    assert Program(person=cast.lu).get("/me/invitations") == []


def test_projects_are_public_by_place_and_state(cast: Cast, clock) -> None:
    project = projects.underway(cast, clock)
    anyone = Program()
    assert anyone.get("/projects/", place=cast.maizidian.code, state="underway")["items"][0]["id"] == str(project.pk)
    assert anyone.get("/projects/", place=cast.zaonan.code)["total"] == 0
    assert Project.objects.count() == anyone.get("/projects/", year=2026)["total"] == 1
