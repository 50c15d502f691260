"""The five answers of the place above: each with its own path, its day and somebody for whom it waits afterwards."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from tests.conftest import Clock
from tests.factories import sections
from yishiting.ground.common.refused import NotAllowed, Refused
from yishiting.ground.common.verbs import why_not
from yishiting.ground.notices.models import Message
from yishiting.overview.cycle.board import waiting_for
from yishiting.year.dossiers.models import Dossier, Referral
from yishiting.year.proposals.actions import (
    bring_back,
    defer,
    explain,
    forward,
    look_again,
    put_off_proposal,
    report_up,
    return_up,
    take_on,
)
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.states import State
from yishiting.year.suggestions.models import Answer

pytestmark = pytest.mark.django_db


def fresh(one: Any) -> Any:
    return type(one).objects.get(pk=one.pk)


@pytest.fixture
def section(cast: Cast) -> sections.Section:
    return sections.a_section(cast)


@pytest.fixture
def reported(cast: Cast, clock: Clock, section: sections.Section) -> Proposal:
    return sections.reported(cast, clock)


def today() -> Any:
    return Referral.objects.latest("created_at").sent_on


def waits_of(person: Any, proposal: Proposal, day: Any = None) -> set[str]:
    return {one.verb for one in waiting_for(fresh(person), day or today()) if one.pk == str(proposal.pk)}


def hops() -> list[tuple[str, str, str, str]]:
    rows = Referral.objects.order_by("created_at").select_related("from_place", "to_place")
    return [(one.kind, one.from_place.short_name, one.to_place.short_name, one.outcome) for one in rows]


def test_the_subdistrict_does_it_waits_on_its_section_until_there_is_a_project(
    cast: Cast, section: sections.Section, reported: Proposal
) -> None:
    sections.taken_on(cast, section, reported)
    inside = Referral.objects.get(kind="inside")
    assert (inside.unit, inside.to_place, inside.answered_on) == (section.unit, cast.maizidian, None)
    for one in (section.he, section.wu, section.feng):
        assert waits_of(one, reported) == {"project.take_up"}
    assert waits_of(section.han, reported) == set(), "another section's"
    late = inside.due + timedelta(days=1)
    (line,) = [one for one in waiting_for(fresh(section.wu), late) if one.pk == str(reported.pk)]
    assert line.late(late)
    assert why_not(fresh(section.han), "project.take_up", fresh(reported)) is not None
    assert fresh(reported).responsible == section.he
    assert {one.to.name for one in Message.objects.filter(template="proposal.in_hand")} == {"何敏", "吴军"}
    sections.taken_up(cast, section, fresh(reported))
    assert Referral.objects.get(kind="inside").outcome == "opened"
    assert waits_of(section.wu, reported) == set()


def test_nobody_answers_that_it_is_done_without_saying_by_whom(cast: Cast, section: Any, reported: Proposal) -> None:
    for lacking in ("section", "responsible"):
        given = {"section": section.unit, "responsible": section.he} | {lacking: None}
        with pytest.raises(Refused):
            take_on(fresh(reported), by=cast.zhao, answer="街道修", **given)


def test_it_goes_on_to_the_district_under_the_same_number(cast: Cast, section: Any, reported: Proposal) -> None:
    forward(reported, by=cast.zhao, reason="道路归区里管")
    assert hops() == [("up", "枣营北里", "麦子店", "forwarded"), ("up", "麦子店", "朝阳区", "")]
    assert Dossier.objects.get(pk=reported.dossier_id).lies_at == cast.district
    assert waits_of(cast.sun, reported) == {"proposal.bring_back"}
    assert waits_of(cast.zhao, reported) == set()
    with pytest.raises(NotAllowed):
        explain(fresh(reported), by=cast.zhao, reason="不归我们")
    assert why_not(cast.sun, "proposal.forward", fresh(reported)) is not None, "nobody is above the district"
    assert Message.objects.filter(template="proposal.report_up", to=cast.sun).exists()


def test_the_district_hands_it_to_the_subdistrict_which_answers_the_community(
    cast: Cast, section: Any, reported: Proposal
) -> None:
    forward(reported, by=cast.zhao, reason="道路归区里管")
    bring_back(fresh(reported), by=cast.sun, answer="街道大中修，区里给经费。")
    assert fresh(reported).state == State.REPORTED_UP
    assert hops()[1:] == [("up", "麦子店", "朝阳区", "sent_back"), ("up", "枣营北里", "麦子店", "")]
    assert waits_of(cast.zhao, reported) == {"proposal.bring_back"}
    sections.taken_on(cast, section, fresh(reported))
    assert fresh(reported).state == State.TAKEN_ON


def test_what_the_district_puts_off_comes_back_to_the_district(cast: Cast, clock: Clock, reported: Proposal) -> None:
    forward(reported, by=cast.zhao, reason="道路归区里管")
    defer(fresh(reported), by=cast.sun, answer="今年没有计划", conditions="列入明年大修")
    day = fresh(reported).look_again_on
    assert waits_of(cast.sun, reported, day) == {"proposal.look_again"}
    assert waits_of(cast.zhao, reported, day) == set()


def test_not_now_comes_back_on_its_day_and_every_answer_stays(cast: Cast, clock: Clock, reported: Proposal) -> None:
    day = today() + timedelta(days=40)
    defer(reported, by=cast.zhao, answer="今年没有预算", conditions="列入预算", look_again_on=day)
    assert waits_of(cast.zhao, reported) == set()
    assert waits_of(cast.zhao, reported, day) == {"proposal.look_again"}
    clock.to(day)
    with pytest.raises(Refused, match="由上级写明"):
        put_off_proposal(fresh(reported), by=cast.liu, conditions="再等等")
    look_again(fresh(reported), by=cast.zhao, reason="预算已经列入")
    assert waits_of(cast.zhao, reported) == {"proposal.bring_back"}
    defer(fresh(reported), by=cast.zhao, answer="批复还没有下来", conditions="批复下来")
    answers = Referral.objects.order_by("created_at").values_list("answer", flat=True)
    assert list(answers) == ["今年没有预算；列入预算", "批复还没有下来；批复下来"]
    assert fresh(reported).look_again_on is not None, "the rules name a day where nobody does"


def test_not_feasible_is_said_with_its_reason_and_may_be_reported_anew(cast: Cast, reported: Proposal) -> None:
    with pytest.raises(Refused, match="为什么不可行"):
        explain(fresh(reported), by=cast.zhao, reason=" ")
    explain(fresh(reported), by=cast.zhao, reason="地下有燃气管线")
    assert (fresh(reported).state, fresh(reported).decision_reason) == (State.NOT_FEASIBLE, "地下有燃气管线")
    assert Answer.objects.filter(kind="explained", text__contains="地下有燃气管线").exists()
    report_up(fresh(reported), by=cast.wang, reason="燃气公司已经改线")
    assert hops() == [("up", "枣营北里", "麦子店", "explained"), ("up", "枣营北里", "麦子店", "")]


ANSWERS: dict[str, Callable[[Cast, Any, Proposal], Any]] = {
    "由麦子店街道办理": sections.taken_on,
    "交社区办理": lambda cast, section, one: bring_back(one, by=cast.zhao, answer="社区组织铺。"),
    "已转报朝阳区": lambda cast, section, one: forward(one, by=cast.zhao, reason="归区里管"),
    "再研究": lambda cast, section, one: defer(one, by=cast.zhao, answer="没钱", conditions="有预算"),
    "不可行": lambda cast, section, one: explain(one, by=cast.zhao, reason="有管线"),
}


@pytest.mark.parametrize("words", ANSWERS)
def test_the_proposer_and_the_community_hear_each_of_them(
    cast: Cast, section: Any, reported: Proposal, words: str
) -> None:
    ANSWERS[words](cast, section, reported)
    assert any(words in one.body for one in Message.objects.filter(to=cast.lu)), "the proposer"
    heard = {"proposal.answered_above", "proposal.hand_down"}
    assert heard & set(Message.objects.filter(to=cast.wang).values_list("template", flat=True))
    page = Client()
    page.force_login(fresh(cast.liu))
    assert reported.title in page.get("/desk/").content.decode()


def test_a_section_that_cannot_gives_way_to_another_answer(cast: Cast, section: Any, reported: Proposal) -> None:
    sections.taken_on(cast, section, reported)
    bring_back(fresh(reported), by=cast.zhao, answer="社区先试")
    assert waits_of(section.wu, reported) == set()
    return_up(fresh(reported), by=cast.wang, reason="没有资质")
    assert waits_of(cast.zhao, reported) == {"proposal.bring_back"}
    assert [one[3] for one in hops()] == ["taken_on", "recalled", "sent_back", "returned", ""]
