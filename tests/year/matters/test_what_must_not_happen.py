"""What must not happen to a matter of the district: each has a test, each refusal says what to do next."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import Cast
from tests.conftest import Clock
from tests.factories import matters
from tests.factories.matters import District
from yishiting.ground.common.refused import Refused, WrongState
from yishiting.ground.common.verbs import VERBS
from yishiting.ground.ledger.models import Entry
from yishiting.ground.notices.models import Message
from yishiting.ground.organisations.models import Organisation, OrganisationKind
from yishiting.ground.seasons.actions import set_holiday
from yishiting.instruments.publicity.actions import extend_notice
from yishiting.instruments.publicity.queries import last_day_now
from yishiting.overview.cycle.board import waiting_for
from yishiting.year.dossiers.models import Referral, ReferralKind
from yishiting.year.matters.actions import (
    answer_matter,
    approve,
    ask_opinions,
    close_matter,
    consult,
    countersign,
    decide_matter,
    decline,
    dispatch,
    endorse,
    give_opinion,
    join_matter,
    lapse_opinion,
    note_contact,
    pass_on,
    propose_handling,
    publicise,
    rate,
    return_matter,
    screen_matter,
    take_in,
    write_plan,
)
from yishiting.year.matters.choices import ResultKind, Satisfaction, Verdict, WithWhom
from yishiting.year.matters.models import Matter
from yishiting.year.matters.queries import classes_here, opinions_of, people_of, to_be_rated_by
from yishiting.year.matters.states import LIFECYCLE, State
from yishiting.year.proposals.models import Proposal
from yishiting.year.suggestions.models import Answer
from yishiting.year.visits.models import Stance

pytestmark = pytest.mark.django_db
ABOUT = ("matter.", "opinion.", "dispatch.", "special.", "proposal.", "project.")
PRIVATE = ("陆桂芳", "13800000001")
WORDS = "枣营路东段只有一车道。陆桂芳阿姨（13800000001）家门口天天堵。"


@pytest.fixture
def district(cast: Cast) -> District:
    return matters.a_district(cast)


def fresh(one: Any) -> Any:
    return type(one).objects.get(pk=one.pk)


def on(clock: Clock, day: date) -> None:
    clock.to(day, 9)


def homes(cast: Cast, district: District) -> dict[str, set[str]]:
    """On whose homes something of the district waits, by which verbs."""
    people = {
        "委": district.mei, "办": cast.sun, "市政": district.handler, "交通": district.traffic_handler,
        "街": cast.zhao, "社": cast.wang,
    }  # fmt: skip
    found = {
        name: {one.verb for one in waiting_for(fresh(who), timezone.localdate()) if one.verb.startswith(ABOUT)}
        for name, who in people.items()
    }
    return {name: verbs for name, verbs in found.items() if verbs}


def handling(district: District, **changes: Any) -> dict[str, Any]:
    given = {"lead": district.roads, "partners": [district.traffic], "person": "处长周平", "plan": "汛期前拓宽。"}
    return {**given, "standard": "双车道通车。", "deadline": timezone.localdate() + timedelta(days=150), **changes}


def test_at_every_step_it_lies_at_one_desk_and_everybody_is_answered(
    cast: Cast, clock: Clock, district: District
) -> None:
    """From taking in to the end: never two desks for one step, never none; the answer goes to all who proposed."""
    matter = prepared_by_the_committee(cast, district)
    decided_by_the_bodies(cast, clock, district, matter)
    handled_by_the_units(cast, district, matter)
    everybody_was_answered(fresh(matter), "已经通车。")
    assert homes(cast, district) == {}
    assert to_be_rated_by(cast.lu).count() == 1
    no_department_reads_who_it_was(cast, district, fresh(matter))
    assert homes(cast, district) == {"市政": {"matter.note_contact"}}
    decline_after_all(cast, fresh(matter))
    assert homes(cast, district) == {}


def prepared_by_the_committee(cast: Cast, district: District) -> Matter:
    first, second = (
        matters.lying_at_the_district(cast, "枣营路拓宽", WORDS),
        matters.lying_at_the_district(cast, "枣营路太窄"),
    )
    assert homes(cast, district) == {"委": {"matter.take_in"}}
    matter = take_in(first, by=district.mei)
    join_matter(matter, by=district.mei, proposal=second)
    assert homes(cast, district) == {"委": {"matter.screen"}}
    screen_matter(matter, by=district.mei, category=classes_here()[0], touches_law=False)
    assert homes(cast, district) == {"委": {"opinion.ask"}}
    ask_opinions(matter, by=district.mei, units=[district.roads], question="是否合规。")
    assert homes(cast, district) == {"市政": {"opinion.give"}}
    give_opinion(matter.opinions.get(), by=district.handler, stance=Stance.AGREES, **matters.OPINION)
    assert homes(cast, district) == {"委": {"matter.propose"}}
    return propose_handling(fresh(matter), by=district.mei, **handling(district))


def decided_by_the_bodies(cast: Cast, clock: Clock, district: District, matter: Matter) -> None:
    """The meeting itself is held in test_a_district_matter."""
    assert homes(cast, district) == {"办": {"matter.pass_on"}}
    pass_on(fresh(matter), by=cast.sun)
    assert homes(cast, district) == {"办": {"matter.approve"}}
    approve(fresh(matter), by=cast.sun, verdict=Verdict.PASSED, held_on=timezone.localdate())
    assert homes(cast, district) == {"办": {"matter.table"}}
    Matter.objects.update(state=State.AGREED)
    paper = {"verdict": Verdict.PASSED, "held_on": timezone.localdate(), "paper": "8号"}
    nothing_is_public_yet(cast, district, fresh(matter), paper)
    assert homes(cast, district) == {"办": {"matter.decide"}}
    decide_matter(fresh(matter), by=cast.sun, **paper)
    assert homes(cast, district) == {"办": {"matter.publicise"}}
    notice = publicise(fresh(matter), by=cast.sun).notice
    assert homes(cast, district) == {}  # it lies before everybody; the daily command ends it
    a_holiday_moves_no_day_in_silence(cast, notice)
    on(clock, fresh(notice).last_day + timedelta(days=1))
    type(notice).objects.update(state="clear")
    assert homes(cast, district) == {"办": {"matter.dispatch"}}


def handled_by_the_units(cast: Cast, district: District, matter: Matter) -> None:
    no_duty_of_a_department_goes_to_a_community(cast, district, fresh(matter))
    due = timezone.localdate() + timedelta(days=60)
    dispatch(fresh(matter), by=cast.sun, lead=district.roads, partners=[district.traffic], deadline=due)
    assert homes(cast, district) == {"市政": {"dispatch.countersign"}, "交通": {"dispatch.countersign"}}
    for unit, who in ((district.roads, district.handler), (district.traffic, district.traffic_handler)):
        countersign(matter.dispatches.get(unit=unit), by=who, signed_by="处长")
    assert homes(cast, district) == {"市政": {"matter.plan"}}
    plan = {"department": "道路科", "person": "施工", "measures": "拓宽", "standard": "通车"}
    write_plan(fresh(matter), by=district.handler, deadline=due, **plan)
    assert homes(cast, district) == {"市政": {"matter.note_contact"}}
    told = {"whom": WithWhom.PROPOSER, "text": f"和{PRIVATE[0]}说过。", "happened_on": timezone.localdate()}
    note_contact(fresh(matter), by=district.handler, **told)
    assert homes(cast, district) == {"市政": {"matter.answer"}}
    answer_matter(fresh(matter), by=district.handler, kind=ResultKind.SOLVED, text="已经通车。")


def nothing_is_public_yet(cast: Cast, district: District, matter: Matter, paper: dict[str, Any]) -> None:
    """Nobody publishes, dispatches or dates a decision before the body before it has come to its result."""
    for act in (
        lambda: decide_matter(matter, by=cast.sun, **paper),
        lambda: publicise(matter, by=cast.sun),
        lambda: dispatch(matter, by=cast.sun, lead=district.roads, deadline=timezone.localdate() + timedelta(days=9)),
    ):
        with pytest.raises(WrongState, match=r"请|“"):
            act()
    endorse(matter, by=cast.sun, **paper)
    with pytest.raises(Refused, match="会议日期不能在那以前"):
        decide_matter(fresh(matter), by=cast.sun, **{**paper, "held_on": timezone.localdate() - timedelta(days=1)})
    page = Client().get(reverse("public-district-matter", args=[matter.pk])).content.decode()
    assert "待区委常委会" in page
    assert "8号" not in page
    assert "处长周平" not in page


def a_holiday_moves_no_day_in_silence(cast: Cast, notice: Any) -> None:
    """A day that was counted stays as it was told; a notice runs on by a row of the ledger, which its page says."""
    matter = Matter.objects.get()
    before = (matter.opinions.get().due, notice.last_day)
    set_holiday(cast.district, by=cast.sun, day=notice.last_day, worked=False, name="临时放假")
    matter, notice = fresh(matter), fresh(notice)
    assert (matter.opinions.get().due, notice.last_day) == before
    longer = extend_notice(notice, by=cast.sun).last_day
    assert longer == last_day_now(fresh(notice)) > before[1]
    assert Entry.objects.filter(verb="notice.extend", subject_id=str(notice.pk)).exists()
    assert "顺延" in Client().get(reverse("notice", args=[notice.pk])).content.decode()


def no_duty_of_a_department_goes_to_a_community(cast: Cast, district: District, matter: Matter) -> None:
    committee = Organisation.objects.create(
        place=cast.zaobei, kind=OrganisationKind.RESIDENTS_COMMITTEE, name="枣营北里居委会"
    )
    given = {"deadline": timezone.localdate() + timedelta(days=60)}
    for units in ({"lead": committee}, {"lead": district.roads, "partners": [committee]}):
        with pytest.raises(Refused, match=r"社区（村）、街乡不承担部门的职责.*退回街乡办理"):
            dispatch(matter, by=cast.sun, **units, **given)
    assert not fresh(matter).dispatches.exists()


def everybody_was_answered(matter: Matter, words: str) -> None:
    """No referral has its answer while somebody whose words it rests on has none."""
    people = people_of(matter)
    assert len(people) == 2
    for one in people:
        assert words in Answer.objects.filter(suggestion=one).latest("created_at").text
    files = Proposal.objects.filter(matters__matter=matter).values("dossier")
    assert not Referral.objects.filter(kind=ReferralKind.UP, dossier__in=files, answered_on=None).exists()


def no_department_reads_who_it_was(cast: Cast, district: District, matter: Matter) -> None:
    """Neither in the words, nor in what another unit noted, nor in what a proposer is not satisfied with."""
    rate(matter, by=cast.lu, satisfaction=Satisfaction.NOT_SATISFIED, words="陆桂芳阿姨（13800000001）说路灯没移")
    reader = Client()
    reader.force_login(fresh(district.traffic_handler))
    shown = reader.get(reverse("desk-matter", args=[matter.pk])).content.decode()
    asked = reader.get(f"/api/v1/matters/{matter.pk}")
    sent = Message.objects.filter(to__in=[district.handler, district.traffic_handler])
    assert asked.status_code == 200
    assert sent.filter(template="matter.again").count() == 2
    for text in (shown, json.dumps(asked.json(), ensure_ascii=False), *sent.values_list("body", flat=True)):
        for one in PRIVATE:
            assert one not in text
    assert reader.get(reverse("desk-file", args=[matter.dossier_id])).status_code == 403


def decline_after_all(cast: Cast, matter: Matter) -> None:
    """A matter ends with a no only with words, and everybody hears them."""
    Matter.objects.filter(pk=matter.pk).update(state=State.PLANNED)
    with pytest.raises(Refused, match="请写明为什么办不了"):
        decline(fresh(matter), by=cast.sun, reason=" ")
    decline(fresh(matter), by=cast.sun, reason="规划调整，道路改线。")
    everybody_was_answered(matter, "道路改线")


def test_an_opinion_is_counted_from_the_handling_that_rests_on_it(cast: Cast, clock: Clock, district: District) -> None:
    """What came after the handling was proposed is not counted with it; where it is proposed anew, it is."""
    matter = take_in(matters.lying_at_the_district(cast, "枣营路拓宽"), by=district.mei)
    screen_matter(matter, by=district.mei, category=classes_here()[0], touches_law=False)
    ask_opinions(matter, by=district.mei, units=[district.roads, district.traffic], question="是否合规。")
    first, second = matter.opinions.get(unit=district.roads), matter.opinions.get(unit=district.traffic)
    give_opinion(first, by=district.handler, stance=Stance.AGREES, **matters.OPINION)
    on(clock, second.due + timedelta(days=1))
    lapse_opinion(second, by=district.mei)
    propose_handling(fresh(matter), by=district.mei, **handling(district))
    give_opinion(fresh(second), by=district.traffic_handler, stance=Stance.DISAGREES, **matters.OPINION)
    assert [one.unit for one in opinions_of(fresh(matter))] == [district.roads]
    assert not fresh(second).was_weighed
    return_matter(fresh(matter), by=cast.sun, reason="交通处不同意，请再研究。")
    propose_handling(fresh(matter), by=district.mei, **handling(district, plan="分两期拓宽。"))
    assert {one.unit for one in opinions_of(fresh(matter))} == {district.roads, district.traffic}
    assert fresh(first).weighed_in != fresh(second).weighed_in


def test_what_is_pending_leaves_only_agreed_or_with_a_reason(cast: Cast, clock: Clock, district: District) -> None:
    """No verb lets it drop; past its days it is late on the home of the office, and a legal one waits for a lawyer."""
    rows = [row for code in VERBS for row in LIFECYCLE.rows_of(code)]
    ways = {row.verb for row in rows if State.PENDING in row.sources and row.target != State.PENDING}
    assert ways == {"special.record", "matter.decline"}
    matter = take_in(matters.lying_at_the_district(cast, "枣营路拓宽"), by=district.mei)
    Matter.objects.update(state=State.PENDING, pending_since=timezone.localdate(), touches_law=True)
    on(clock, timezone.localdate() + timedelta(days=61))
    late = [one for one in waiting_for(fresh(cast.sun), timezone.localdate()) if one.verb == "special.call"]
    assert [one.late(timezone.localdate()) for one in late] == [True]
    with pytest.raises(WrongState, match=r"要先“|不能|请"):
        close_matter(fresh(matter), by=cast.sun)
    Matter.objects.update(state=State.APPROVED)
    with pytest.raises(WrongState, match="请先“列入民主协商会”"):
        consult(fresh(matter), by=cast.sun, verdict=Verdict.AGREED)


@pytest.mark.once
def test_what_is_refused_says_what_to_do_next() -> None:
    """Of every verb of a matter, in every state that does not allow it."""
    for state in State:
        for code in (one for one in VERBS if one.startswith("matter.") and one != "matter.take_in"):
            matter = Matter(state=state, title="枣营路拓宽")
            refusal = LIFECYCLE.why_not(matter, code)
            assert refusal is None or "请" in str(refusal) or "“" in str(refusal), (state, code, refusal)
