"""A proposal of the subdistrict joins those of its communities; what becomes of it is the answer to each of them."""

from typing import Any

import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.factories import proposals
from tests.factories.proposals import OF_THE_SUBDISTRICT as WORDS
from tests.factories.proposals import reported_up as reported
from yishiting.doors.web.shared.matters import matter_of
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import why_not
from yishiting.ground.ledger.models import Entry
from yishiting.ground.notices.models import Message
from yishiting.ground.places.models import ResponsibleLevel
from yishiting.year.dossiers.actions import refer
from yishiting.year.dossiers.models import Dossier, ReferralKind
from yishiting.year.dossiers.queries import living
from yishiting.year.proposals.actions import (
    add_source,
    bring_back,
    decide_proposal,
    defer,
    draft_proposal,
    put_off_proposal,
)
from yishiting.year.proposals.models import Proposal, Source
from yishiting.year.proposals.queries import mains_of, ready_below, reported_to
from yishiting.year.proposals.states import State
from yishiting.year.suggestions.models import Answer


def fresh(one: Proposal) -> Proposal:
    return Proposal.objects.select_related("place", "dossier").get(pk=one.pk)


@pytest.fixture
def two(cast: Cast) -> list[Proposal]:
    return [
        reported(cast, cast.zaobei, cast.wang, "13900000031", "北里路口太危险"),
        reported(cast, cast.zaonan, cast.qian, "13900000032", "南里路口太危险"),
    ]


@pytest.fixture
def joint(cast: Cast, two: list[Proposal]) -> Proposal:
    return fresh(draft_proposal(cast.maizidian, by=cast.zhao, below=two, title="东口装红绿灯", **WORDS))


def told(words: str) -> list[str]:
    return sorted(
        one.address for one in Message.objects.exclude(template="proposal.answered_above") if words in one.body
    )


def test_it_rests_on_both_and_everybody_is_told(cast: Cast, two: list[Proposal], joint: Proposal) -> None:
    assert {one.below_id for one in joint.sources.all()} == {one.pk for one in two}
    assert [one.text[:2] for one in mains_of(joint).order_by("receipt")] == ["北里", "南里"]
    assert told("已写入建议案“东口装红绿灯”") == ["13900000031", "13900000032"]
    assert {living(Dossier.objects.get(pk=one.dossier_id)) for one in two} == {joint.dossier}
    assert joint.dossier.lies_at == cast.maizidian
    assert not reported_to(cast.maizidian).exists()
    assert not ready_below(cast.maizidian).exists()


def test_what_was_adopted_is_the_answer_to_each(cast: Cast, two: list[Proposal], joint: Proposal) -> None:
    Proposal.objects.filter(pk=joint.pk).update(state=State.TABLED)
    with pytest.raises(Refused, match="一并答复"):
        bring_back(fresh(two[0]), by=cast.zhao, answer="单独答复")
    Proposal.objects.filter(pk=joint.pk).update(state=State.DRAFTED)
    put_off_proposal(fresh(joint), by=cast.zhao, conditions="道路改造列入计划以后")
    for one in two:
        answered = fresh(one)
        assert (answered.state, answered.conditions) == (State.NOT_NOW, "道路改造列入计划以后")
        assert answered.dossier.referrals.get().outcome == "not_now"
        assert Answer.objects.filter(suggestion__in=mains_of(one), kind="not_now").exists()
    assert told("有了上级答复") == ["13900000031", "13900000032"]
    assert Entry.objects.filter(verb="proposal.answer_joined").count() == 2


def test_the_vote_of_the_subdistrict_answers_both(cast: Cast, clock: Any, two: list[Proposal], joint: Proposal) -> None:
    """The item of another proposal that was carried stands for its own."""
    item = proposals.decided(cast, clock).agenda_item
    Proposal.objects.filter(pk=joint.pk).update(state=State.TABLED, agenda_item=item)
    decide_proposal(fresh(joint), by=cast.zhao)
    assert {fresh(one).state for one in two} == {State.TAKEN_ON}
    assert {fresh(one).dossier.lies_at for one in two} == {cast.maizidian}
    assert told("由麦子店街道办理") == ["13900000031", "13900000032"]


def test_one_that_is_in_another_or_lies_elsewhere_is_refused(cast: Cast, two: list[Proposal], joint: Proposal) -> None:
    with pytest.raises(Refused, match="已经并入"):
        draft_proposal(cast.maizidian, by=cast.zhao, below=two[:1], title="再来一份", **WORDS)
    low = {**WORDS, "responsible_level": ResponsibleLevel.COMMUNITY}
    alone = reported(cast, cast.zaobei, cast.wang, "13900000033", "北里另一个路口")
    with pytest.raises(Refused, match="不能低于"):
        draft_proposal(cast.maizidian, by=cast.zhao, below=[alone], title="改低", **low)
    own = proposals.drafted(cast)
    with pytest.raises(Refused, match="没有报送到"):
        add_source(joint, by=cast.zhao, below=own)
    with pytest.raises(Refused, match="只选一样"):
        add_source(joint, by=cast.zhao)


def test_one_answered_alone_leaves_the_draft(cast: Cast, two: list[Proposal], joint: Proposal) -> None:
    bring_back(fresh(two[0]), by=cast.zhao, answer="北里的由社区办。")
    assert list(Source.objects.filter(below=two[0]).values_list("live", flat=True)) == [False]
    put_off_proposal(fresh(joint), by=cast.zhao, conditions="以后")
    assert (fresh(two[0]).state, fresh(two[1]).state) == (State.HANDED_DOWN, State.NOT_NOW)


def test_the_district_answers_the_subdistrict_and_both_communities(
    cast: Cast, two: list[Proposal], joint: Proposal
) -> None:
    Proposal.objects.filter(pk=joint.pk).update(state=State.REPORTED_UP)
    refer(
        joint.dossier,
        ReferralKind.UP,
        cast.district,
        here=cast.maizidian,
        reason="信号灯归区里",
        today=two[0].dossier.opened_on,
    )
    assert why_not(cast.zhao, "proposal.bring_back", fresh(joint)) is not None
    defer(fresh(joint), by=cast.sun, answer="明年再办。", conditions="信号灯项目立项以后")
    assert {fresh(one).state for one in (joint, *two)} == {State.NOT_NOW}


def test_both_ends_see_the_whole_way(cast: Cast, two: list[Proposal], joint: Proposal, sign_in: Any) -> None:
    whole = matter_of(joint)
    assert set(whole.proposals) == {joint, *two}
    assert len(whole.suggestions) == 2
    below = matter_of(fresh(two[0]))
    assert below.goes_on == joint
    above = sign_in(cast.zhao).get(reverse("desk-proposal", args=[joint.pk])).content.decode()
    assert two[0].title in above
    assert two[1].title in above
    theirs = sign_in(cast.qian).get(reverse("desk-proposal", args=[two[1].pk])).content.decode()
    assert f"已由麦子店街道并入建议案{joint.number}“{joint.title}”，一并办理，一并答复。" in theirs


def test_drafting_on_the_page_and_by_a_program(cast: Cast, two: list[Proposal], sign_in: Any) -> None:
    desk, address = sign_in(cast.zhao), reverse("proposal-draft", args=[cast.maizidian.code])
    assert two[0].title in desk.get(address).content.decode()
    words = {**WORDS, "title": "东口装红绿灯", "for_year": 2026, "below": [str(two[0].pk)]}
    desk.post(address, words)
    joint = Proposal.objects.get(title="东口装红绿灯")
    assert [one.below_id for one in joint.sources.all()] == [two[0].pk]
    added = desk.post(
        f"/api/v1/proposals/{joint.pk}/add-source", {"below": str(two[1].pk)}, content_type="application/json"
    )
    assert added.status_code == 200, added.content
    assert joint.sources.count() == 2
    read = desk.get(f"/api/v1/proposals/{joint.pk}/desk").json()
    assert {one["proposal"] for one in read["below"]} == {str(one.pk) for one in two}
