"""A department of the district: its home, its answer templates, and what becomes of its part when it is closed."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import OPERATOR, Cast, person
from tests.doors.counting import queries_of
from tests.factories import matters
from tests.factories.matters import District
from yishiting.ground.common.refused import NotAllowed, Refused, WrongState
from yishiting.ground.organisations.actions import appoint, close_organisation
from yishiting.ground.organisations.models import Office, Organisation, OrganisationKind
from yishiting.overview.cycle.board import waiting_for
from yishiting.year.matters.actions import countersign, drop_template, keep_template, note_contact, reassign_dispatch
from yishiting.year.matters.choices import WithWhom
from yishiting.year.matters.models import Matter
from yishiting.year.matters.states import DispatchState, State
from yishiting.year.suggestions.actions import appeal, decide_appeal, screen_suggestion
from yishiting.year.suggestions.models import Criterion
from yishiting.year.suggestions.states import State as SuggestionState

pytestmark = pytest.mark.django_db
WORDS = "已列入年度养护计划，汛期前完成。"


def fresh(one: Any) -> Any:
    return type(one).objects.get(pk=one.pk)


def browser(someone: Any) -> Client:
    client = Client()
    client.force_login(fresh(someone))
    return client


@pytest.fixture
def district(cast: Cast) -> District:
    return matters.a_district(cast)


@pytest.fixture
def matter(cast: Cast, district: District) -> Matter:
    """Under way, led by 市政处, 交通处 helping."""
    made = matters.quickly_approved(cast, district, "枣营路拓宽")
    due = timezone.localdate() - timedelta(days=3)
    Matter.objects.update(state=State.UNDERWAY, due=due)
    for unit, role in ((district.roads, "lead"), (district.traffic, "support")):
        sent = {"place": cast.district, "unit": unit, "role": role, "state": DispatchState.COUNTERSIGNED}
        made.dispatches.create(**sent, sent_on=due, due=due)
    return fresh(made)


def test_its_home_says_what_it_leads_helps_with_and_is_late_with(
    cast: Cast, district: District, matter: Matter
) -> None:
    template = keep_template(district.roads, by=district.handler, name="养护计划", text=WORDS)
    with pytest.raises(NotAllowed, match="本单位的经办人"):
        keep_template(district.roads, by=district.traffic_handler, name="别人的", text=WORDS)
    home = reverse("desk-unit", args=[district.roads.pk])
    reader = browser(district.handler)
    assert queries_of(reader, home) <= 15
    page = reader.get(home).content.decode()
    for words in ("已经超期（1）", "本单位主办（1）", "枣营路拓宽", "施工", "养护计划", "新增答复模板"):
        assert words in page
    assert (
        "本单位协办（1）"
        in browser(district.traffic_handler).get(reverse("desk-unit", args=[district.traffic.pk])).content.decode()
    )
    assert browser(district.traffic_handler).get(home).status_code == 403
    matter_page = reverse("desk-matter", args=[matter.pk])
    assert "从模板开始答复" not in reader.get(matter_page).content.decode()  # not before somebody was spoken to
    told = {"whom": WithWhom.PROPOSER, "text": "说过。", "happened_on": timezone.localdate()}
    note_contact(matter, by=district.handler, **told)
    assert "从模板开始答复" in reader.get(matter_page).content.decode()
    asked = reader.get(reverse("do", args=["matter.answer", matter.pk]), {"text": WORDS})
    assert WORDS in asked.content.decode()
    drop_template(template, by=district.handler)
    with pytest.raises(WrongState, match="新增答复模板"):
        drop_template(fresh(template), by=district.handler)


def test_no_unit_closes_with_a_matter_in_hand_and_its_part_goes_to_another(
    cast: Cast, district: District, matter: Matter
) -> None:
    closing: dict[str, Any] = {"on": timezone.localdate(), "reason": "撤并到住建委"}
    with pytest.raises(WrongState, match="请先“改派”别的单位"):
        close_organisation(district.roads, by=cast.sun, **closing)
    sent = matter.dispatches.get(unit=district.roads)
    community = Organisation.objects.create(
        place=cast.zaobei, kind=OrganisationKind.RESIDENTS_COMMITTEE, name="枣营北里居委会"
    )
    with pytest.raises(Refused, match="不承担部门的职责"):
        reassign_dispatch(sent, by=cast.sun, unit=community, reason="撤并")
    housing = Organisation.objects.create(place=cast.district, kind=OrganisationKind.DEPARTMENT, name="住建委")
    handler = person("fanggong", "方工")
    held = {"office": Office.HANDLING_OFFICER, "since": matters.SINCE, "organisation": housing}
    appoint(cast.district, by=OPERATOR, person=handler, **held)
    reassign_dispatch(sent, by=cast.sun, unit=housing, reason="市政处撤并到住建委")
    close_organisation(fresh(district.roads), by=cast.sun, **closing)
    part = matter.dispatches.get(unit=housing)
    assert (part.role, part.state) == ("lead", DispatchState.SENT)
    assert {one.verb for one in waiting_for(handler, timezone.localdate())} == {"dispatch.countersign"}
    countersign(part, by=handler, signed_by="处长方平")
    assert {one.verb for one in waiting_for(handler, timezone.localdate())} == {"matter.note_contact"}


def test_above_the_community_an_appeal_is_decided_by_another_leader_of_that_level(cast: Cast) -> None:
    """Who screened does not review; the sentence names the offices of the level, not those of a community."""
    first, other = person("leader1", "何副主任"), person("leader2", "高副主任")
    for one in (first, other):
        appoint(cast.maizidian, by=OPERATOR, person=one, office=Office.SUBDISTRICT_LEADER, since=matters.SINCE)
    asked = matters.a_suggestion(cast, by=cast.lu, place=cast.maizidian)
    marks = {**{str(criterion): "pass" for criterion in Criterion}, "public_interest": "fail"}
    screen_suggestion(asked, by=first, **marks, result="not_admissible", reason="属于两家之间的纠纷，请先找物业。")
    appeal(fresh(asked), by=cast.lu, text="整条街都受影响")
    with pytest.raises(NotAllowed, match=r"请本级的其他负责人复核：.*街乡责任领导"):
        decide_appeal(fresh(asked), by=first, valid=True, decision="确实影响整条街")
    with pytest.raises(NotAllowed, match="这一步由本地的"):
        decide_appeal(fresh(asked), by=cast.wang, valid=True, decision="社区不能复核街道的结果")
    assert "suggestion.decide_appeal" in {one.verb for one in waiting_for(other, timezone.localdate())}
    assert decide_appeal(fresh(asked), by=other, valid=True, decision="影响整条街").state == SuggestionState.VALID
