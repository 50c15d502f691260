"""The directors' meeting names who answers for a matter, many at once, and its office keeps the record."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.factories import proposals
from tests.factories.directors import called, heads, passed, section, sitting
from yishiting.doors.web.shared.matters import matter_of
from yishiting.doors.web.shared.paths import steps
from yishiting.ground.common.refused import NotAllowed, Refused, WrongState
from yishiting.ground.ledger.models import Entry
from yishiting.ground.notices.models import Message
from yishiting.ground.seasons.actions import open_special_intake
from yishiting.ground.seasons.models import SpecialIntake
from yishiting.overview.cycle.board import waiting_for
from yishiting.year.directors.actions import (
    add_topic,
    begin_sitting,
    call_sitting,
    cancel_sitting,
    conclude,
    issue_minutes,
    name_leaders,
    put_down,
    take_off,
)
from yishiting.year.directors.guards import nobody_leads_what_came_up
from yishiting.year.directors.models import Topic
from yishiting.year.directors.queries import items_of, not_before_the_directors, reported_and_not_named, undecided
from yishiting.year.directors.states import State
from yishiting.year.proposals.actions import draft_proposal
from yishiting.year.suggestions.actions import answer_suggestion, assign_suggestion

pytestmark = pytest.mark.django_db


def waits(person, day):
    return {one.verb: one for one in waiting_for(person, day)}


def test_nothing_past_screening_goes_on_without_a_sitting(cast: Cast) -> None:
    one = passed(cast)
    _head, leader = heads(cast)
    with pytest.raises(WrongState, match="请先“确定责任人”"):
        answer_suggestion(one, by=cast.zhao, kind="planned", text="今年修。")
    with pytest.raises(WrongState, match="由主任办公会确定"):
        assign_suggestion(one, by=cast.zhao, responsible=leader)
    assert waits(cast.zhao, one.received_on)["sitting.call"].count == 1
    assert "suggestion.assign" not in waits(cast.zhao, one.received_on)


def test_a_proposal_on_proposals_from_below_alone_waits_for_its_leader_and_section_too(cast: Cast) -> None:
    below = [
        proposals.reported_up(cast, cast.zaobei, cast.wang, "13900000031", "北里路口太危险"),
        proposals.reported_up(cast, cast.zaonan, cast.qian, "13900000032", "南里路口太危险"),
    ]
    words = {**proposals.OF_THE_SUBDISTRICT, "title": "东口装红绿灯"}
    joint = draft_proposal(cast.maizidian, by=cast.zhao, below=below, **words)
    assert "主任办公会" in str(nobody_leads_what_came_up(joint))
    _head, leader = heads(cast)
    here = begin_sitting(
        put_down(called(cast), by=cast.zhao, proposals=[joint]), by=cast.zhao, chaired_by=leader, present=[cast.zhao]
    )
    name_leaders(here, by=cast.zhao, items=list(undecided(here)), responsible=leader, section=section(cast))
    joint.refresh_from_db()
    assert joint.responsible == leader
    assert nobody_leads_what_came_up(joint) is None
    assert not reported_and_not_named(cast.maizidian).exists()


def test_many_at_once_are_named_told_and_then_answered(cast: Cast) -> None:
    two = [passed(cast, text) for text in ("朝阳公园路要修", "天桥的灯不亮")]
    _head, leader = heads(cast)
    here = sitting(cast, *two)
    assert not not_before_the_directors(cast.maizidian).exists()
    name_leaders(
        here, by=cast.zhao, items=list(undecided(here, Topic.LEADERS)), responsible=leader, section=section(cast)
    )
    for one in two:
        one.refresh_from_db()
        assert (one.responsible, one.section) == (leader, section(cast))
    told = Message.objects.get(template="sitting.name_leaders", to=leader)
    assert "朝阳公园路要修" in told.body
    assert "天桥的灯不亮" in told.body
    assert "suggestion.answer" in waits(leader, two[0].received_on)
    answer_suggestion(two[0], by=leader, kind="planned", text="今年修。")
    walked = [str(step.title) for step in steps(matter_of(two[0]), two[0].received_on)]
    assert "定下责任领导和科室：城市管理科" in walked
    assert Entry.objects.filter(verb="sitting.name_leaders").count() == 3, "one for the sitting, one for each matter"


def test_what_is_decided_is_announced_by_the_head_with_a_number(cast: Cast) -> None:
    head, leader = heads(cast)
    here = sitting(cast, passed(cast), passed(cast, "天桥的灯不亮"))
    with pytest.raises(WrongState, match="还没有记录任何决定"):
        issue_minutes(here, by=head)
    first = undecided(here).first()
    name_leaders(here, by=cast.zhao, items=[first], responsible=leader, section=section(cast))
    with pytest.raises(NotAllowed):
        issue_minutes(here, by=cast.zhao)
    issue_minutes(here, by=head)
    assert (here.state, here.number) == (State.ISSUED, "麦子店街道主任办公会〔2026〕1号")
    assert not_before_the_directors(cast.maizidian).count() == 1, "what was left over waits for another sitting"
    with pytest.raises(WrongState):
        name_leaders(here, by=cast.zhao, items=list(undecided(here)), responsible=leader, section=section(cast))


def test_who_was_there_is_kept_in_the_office_of_that_day(cast: Cast) -> None:
    head, _leader = heads(cast)
    with pytest.raises(Refused, match="没有找到这一项，或这里不能选它"):
        begin_sitting(called(cast), by=cast.zhao, chaired_by=cast.zhao, present=[head])
    here = sitting(cast, passed(cast))
    assert {(one.person.name, one.office) for one in here.present.all()} == {
        ("何静", "subdistrict_director"),
        ("李强", "subdistrict_leader"),
        ("赵立", "section_head"),
    }


def test_other_topics_and_what_is_taken_off(cast: Cast) -> None:
    here = sitting(cast, passed(cast))
    add_topic(here, by=cast.zhao, title="明年实事项目的经费盘子")
    topic = undecided(here, Topic.OTHER).get()
    conclude(here, by=cast.zhao, item=topic, decision="按一百万元编。")
    take_off(here, by=cast.zhao, items=list(undecided(here)), reason="还要再踏勘")
    assert [one.decision for one in items_of(here)] == ["按一百万元编。"]
    assert not_before_the_directors(cast.maizidian).count() == 1
    put_down(here, by=cast.zhao, suggestions=list(not_before_the_directors(cast.maizidian)))
    assert undecided(here).count() == 1, "it may come back the same day"


def test_a_sitting_that_is_not_held_is_cancelled_with_its_reason(cast: Cast) -> None:
    made = called(cast)
    put_down(made, by=cast.zhao, suggestions=[passed(cast)])
    cancel_sitting(made, by=cast.zhao, reason="主任外出")
    assert made.state == State.CANCELLED
    assert not_before_the_directors(cast.maizidian).count() == 1


def test_it_is_a_body_of_the_subdistrict(cast: Cast, clock) -> None:
    with pytest.raises(NotAllowed, match="街道、乡"):
        call_sitting(cast.zaobei, by=cast.wang, held_on=cast.zaobei.valid_from or "2026-03-05")
    with pytest.raises(NotAllowed):
        call_sitting(cast.maizidian, by=cast.wang, held_on="2026-03-05")


def test_what_is_urgent_does_not_wait_for_a_sitting(cast: Cast) -> None:
    one = passed(cast)
    head, leader = heads(cast)
    today = one.received_on
    open_special_intake(cast.maizidian, by=head, reason="暴雨积水", opens=today, closes=today)
    type(one).objects.filter(pk=one.pk).update(special=SpecialIntake.objects.get())
    one.refresh_from_db()
    assign_suggestion(one, by=cast.zhao, responsible=leader, section=section(cast))
    assert not not_before_the_directors(cast.maizidian).exists()


def test_the_pages_open_and_do_it(cast: Cast) -> None:
    browser = Client()
    browser.force_login(cast.zhao)
    _head, leader = heads(cast)
    passed(cast)
    here = sitting(cast)
    page = browser.get(f"/do/sitting.put_down/{here.pk}/")
    assert "朝阳公园路要修" in page.content.decode()
    chosen = [str(one.pk) for one in not_before_the_directors(cast.maizidian)]
    assert browser.post(f"/do/sitting.put_down/{here.pk}/", {"suggestions": chosen}).status_code == 302
    item = undecided(here).get()
    given = {"items": [str(item.pk)], "responsible": str(leader.pk), "section": str(section(cast).pk)}
    assert browser.post(f"/do/sitting.name_leaders/{here.pk}/", given).status_code == 302
    for address in (
        reverse("desk-sittings", args=[cast.maizidian.code]),
        reverse("desk-sitting", args=[here.pk]),
        reverse("sitting-minutes", args=[here.pk]),
    ):
        shown = browser.get(address)
        assert shown.status_code == 200, address
    assert "城市管理科" in shown.content.decode()
    stranger = Client()
    stranger.force_login(cast.lu)
    assert stranger.get(reverse("desk-sitting", args=[here.pk])).status_code == 403
