"""建议案 at the desk and at the subdistrict."""

import io

from django.urls import reverse
from openpyxl import load_workbook

from tests.cast import Cast
from tests.conftest import Clock
from tests.doors.counting import queries_of
from tests.factories import meetings, proposals
from yishiting.ground.places.models import ResponsibleLevel
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.states import State

DRAFT = {
    "title": "楼前绿地改停车位",
    "situation": "车多。",
    "measures": "画12个车位。",
    "beneficiaries": "3号楼96户",
    "responsible_level": "community",
    "category": "",
    "for_year": "2027",
}


def page_of(proposal: Proposal) -> str:
    return reverse("desk-proposal", args=[proposal.pk])


def test_a_proposal_is_drafted_from_picked_suggestions(cast: Cast, sign_in) -> None:
    one, two = proposals.valid(cast), proposals.valid(cast, text="车没地方停。")
    desk, address = sign_in(cast.liu), reverse("proposal-draft", args=[cast.zaobei.code])
    shown = desk.get(address, {"suggestion": str(one.pk)}).content.decode()
    assert one.text in shown
    assert desk.post(address, DRAFT).status_code == 422
    desk.post(address, {**DRAFT, "suggestions": [str(one.pk), str(two.pk)]})
    proposal = Proposal.objects.get()
    assert (proposal.sources.count(), proposal.for_year) == (2, 2027)


def test_nothing_to_draft_from_says_what_to_do(cast: Cast, sign_in) -> None:
    page = sign_in(cast.liu).get(reverse("proposal-draft", args=[cast.zaobei.code])).content.decode()
    assert "没有可以用的有效建议" in page


def test_a_proposal_is_amended_and_the_difference_shown(cast: Cast, sign_in) -> None:
    proposal = proposals.drafted(cast)
    desk = sign_in(cast.liu)
    words = {
        "title": proposal.title,
        "situation": proposal.situation,
        "measures": "把楼前绿地改成10个车位，东侧留出消防通道。",
    }
    desk.post(reverse("do", args=["proposal.amend", proposal.pk]), {**words, "reason": "消防要求"})
    page = desk.get(page_of(proposal)).content.decode()
    assert "<del>" in page
    assert "12</del>" in page
    assert "10</ins>" in page
    assert "消防要求" in page


def test_tabled_taken_off_put_off(cast: Cast, sign_in) -> None:
    proposal, meeting = proposals.drafted(cast), meetings.planned(cast)
    desk = sign_in(cast.liu)
    desk.post(reverse("do", args=["proposal.table", proposal.pk]), {"meeting": str(meeting.pk)})
    assert "楼前绿地改停车位" in desk.get(reverse("desk-meeting", args=[meeting.pk])).content.decode()
    desk.post(reverse("do", args=["proposal.take_off", proposal.pk]), {"reason": "材料不齐"})
    desk.post(reverse("do", args=["proposal.put_off", proposal.pk]), {"conditions": "围墙拆除后", "reason": ""})
    proposal.refresh_from_db()
    assert (proposal.state, proposal.conditions) == (State.NOT_NOW, "围墙拆除后")


def test_a_draft_takes_one_more_source(cast: Cast, sign_in) -> None:
    proposal, more = proposals.drafted(cast), proposals.valid(cast, text="车没地方停。")
    sign_in(cast.liu).post(reverse("proposal-add-source", args=[proposal.pk]), {"suggestion": str(more.pk)})
    assert proposal.sources.count() == 2


def test_reported_up_it_waits_in_the_section_heads_room(cast: Cast, sign_in, clock: Clock) -> None:
    draft = proposals.drafted(cast, responsible_level=ResponsibleLevel.SUBDISTRICT)
    proposal = proposals.decided(cast, clock, draft)
    wang = sign_in(cast.wang)
    page = wang.get(page_of(proposal)).content.decode()
    assert reverse("do", args=["proposal.report_up", proposal.pk]) in page
    assert reverse("do", args=["project.open", proposal.pk]) not in page
    wang.post(
        reverse("do", args=["proposal.report_up", proposal.pk]),
        {"responsible_level": "subdistrict", "reason": "道路归街道管"},
    )
    zhao, room = sign_in(cast.zhao), reverse("desk-reported", args=[cast.maizidian.code])
    assert "楼前绿地改停车位" in zhao.get(room).content.decode()
    assert sign_in(cast.qian).get(room).status_code == 403
    zhao.post(
        reverse("do", args=["proposal.bring_back", proposal.pk]),
        {"answer": "街道拨沥青，社区组织铺。"},
    )
    proposal.refresh_from_db()
    assert proposal.state == State.HANDED_DOWN
    assert "现在没有等您答复" in zhao.get(room).content.decode()


def test_what_carried_is_noted_without_a_word_more(cast: Cast, sign_in, clock: Clock) -> None:
    proposal, _ = proposals.on_the_floor(cast, clock)
    meetings.voted(cast, proposal.agenda_item)
    desk = sign_in(cast.wang)
    assert "登记审议结果" in desk.get(page_of(proposal)).content.decode()
    desk.post(reverse("do", args=["proposal.decide", proposal.pk]))
    proposal.refresh_from_db()
    assert proposal.state == State.ADOPTED


def test_pending_too_long_stands_on_top(cast: Cast, sign_in, clock: Clock) -> None:
    from datetime import date

    proposals.decided(cast, clock, to=State.PENDING, reason="车位怎么分有分歧")
    address = reverse("desk-proposals", args=[cast.zaobei.code])
    assert "待定太久" not in sign_in(cast.wang).get(address).content.decode()
    clock.to(date(2026, 5, 20))
    assert "待定太久" in sign_in(cast.wang).get(address).content.decode()


def test_the_list_filters_and_comes_as_a_sheet(cast: Cast, sign_in) -> None:
    proposals.drafted(cast, measures="=1+1")
    desk, address = sign_in(cast.liu), reverse("desk-proposals", args=[cast.zaobei.code])
    assert "没有符合条件" in desk.get(address, {"state": "adopted"}).content.decode()
    sheet = load_workbook(
        io.BytesIO(desk.get(reverse("desk-list-sheet", args=["desk-proposals"]), {"of": cast.zaobei.code}).content)
    ).worksheets[0]
    assert sheet["A1"].value == "枣营北里社区建议案登记表"
    assert (sheet["A5"].value, sheet["C5"].value, sheet["C5"].data_type) == ("枣营北里社区案〔2026〕1号", "=1+1", "s")


def test_the_list_costs_the_same_for_one_and_for_three(cast: Cast, sign_in) -> None:
    proposals.drafted(cast)
    desk, address = sign_in(cast.liu), reverse("desk-proposals", args=[cast.zaobei.code])
    before = queries_of(desk, address)
    for n in range(2):
        proposals.drafted(cast, suggestions=[proposals.valid(cast, text=f"第{n}件，楼道灯不亮。")])
    assert queries_of(desk, address) == before <= 15
