"""转办: an adopted proposal waits with whoever it was passed on to, and whatever comes back stands beside what came before."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.conftest import Clock
from tests.factories import proposals as P
from yishiting.doors.api.v1.proposals import ProposalAtDesk, ProposalOut
from yishiting.doors.web.shared.matters import matter_of
from yishiting.doors.web.shared.paths import steps, summary
from yishiting.ground.common.refused import NotAllowed, Refused
from yishiting.ground.notices.models import Message
from yishiting.ground.organisations.actions import name_contact
from yishiting.ground.organisations.models import Organisation
from yishiting.overview.cycle.board import waiting_for
from yishiting.overview.cycle.units import for_units
from yishiting.year.dossiers.models import Referral
from yishiting.year.projects.actions import open_project
from yishiting.year.proposals.actions import note_reply, pass_on, reply, send_back
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.states import State

pytestmark = pytest.mark.django_db


def fresh(one: Any) -> Any:
    return type(one).objects.get(pk=one.pk)


def waits(person: Any, one: Proposal, day: Any) -> list[str]:
    return [line.verb for line in waiting_for(fresh(person), day) if line.pk == str(one.pk)]


def told(person: Any) -> str:
    return "".join(Message.objects.filter(to=person).order_by("created_at").values_list("body", flat=True))


@pytest.fixture
def adopted(cast: Cast, clock: Clock) -> Proposal:
    return P.decided(cast, clock, P.drafted(cast, suggestions=[P.valid(cast, by=cast.lu)]))


def test_another_place_has_it_until_it_answers_and_a_later_answer_stands_beside_the_first(
    cast: Cast, adopted: Proposal, sign_in: Any
) -> None:
    with pytest.raises(Refused, match="只填一处"):
        pass_on(adopted, by=cast.wang, there=cast.zaonan, receiver="安居物业公司", reason="绿地在南里")
    with pytest.raises(NotAllowed):
        pass_on(fresh(adopted), by=cast.liu, there=cast.zaonan, reason="绿地在南里")
    desk: Client = sign_in(cast.wang)
    asks = reverse("do", args=["proposal.pass_on", adopted.pk])
    assert desk.post(asks, {"there": cast.zaonan.pk, "reason": "绿地在南里"}).status_code == 302
    sent = Referral.objects.get()
    assert (sent.from_place, sent.to_place, sent.reason) == (cast.zaobei, cast.zaonan, "绿地在南里")
    assert fresh(adopted).state == State.PASSED_ON
    assert fresh(adopted).dossier.lies_at == cast.zaonan
    assert "已转给枣营南里社区办理：绿地在南里" in told(cast.lu)
    assert "建议案转给枣营南里社区办理" in told(cast.qian)

    assert waits(cast.qian, adopted, sent.sent_on) == ["proposal.note_reply"]
    assert waits(cast.liu, adopted, sent.sent_on) == []
    late = sent.due + timedelta(days=1)
    assert next(one for one in waiting_for(cast.qian, late) if one.pk == str(adopted.pk)).late(late)
    now = steps(matter_of(fresh(adopted)), sent.sent_on)[-1]
    assert (now.who, now.by, now.walked) == ("枣营南里社区", sent.due, "now")
    with pytest.raises(Refused, match="已转办"):
        open_project(fresh(adopted), by=cast.liu)


def test_what_was_answered_stays_and_a_later_answer_stands_beside_the_first(
    cast: Cast, adopted: Proposal, sign_in: Any
) -> None:
    pass_on(adopted, by=cast.wang, there=cast.zaonan, reason="绿地在南里")
    day = Referral.objects.get().sent_on
    there: Client = sign_in(cast.qian)
    form = reverse("do", args=["proposal.note_reply", adopted.pk])
    assert adopted.title in there.get(form).content.decode()
    there.post(form, {"outcome": "planned", "text": "下个月画线。"})
    assert waits(cast.qian, adopted, day) == []
    assert "已列入计划" in summary(matter_of(fresh(adopted)))
    note_reply(fresh(adopted), by=cast.qian, outcome="done", text="已经画好。")
    assert list(Referral.objects.values_list("answer", "outcome")) == [
        ("下个月画线。", "planned"),
        ("已经画好。", "done"),
    ]
    assert fresh(adopted).dossier.lies_at == cast.zaonan
    assert "枣营南里社区答复：已经画好。" in told(cast.lu)
    assert "枣营南里社区答复：已经画好。" in told(cast.wang)
    path = steps(matter_of(fresh(adopted)), day)
    assert [str(one.title) for one in path[-3:]] == [
        "转给有关单位",
        "承接单位答复：列入计划办理",
        "承接单位答复：已经办好",
    ]
    assert path[-1].walked == "done"
    assert "已经办好" in summary(matter_of(fresh(adopted)))
    page = sign_in(cast.wang).get(reverse("desk-proposal", args=[adopted.pk])).content.decode()
    assert "下个月画线。" in page
    assert "已经画好。" in page
    assert len(ProposalAtDesk.resolve_referrals(fresh(adopted))) == 2
    assert ProposalOut.resolve_referrals(fresh(adopted)) == [], "whom a unit is called by is the desk's own"


def test_a_unit_sends_back_or_explains_and_the_place_goes_on(cast: Cast, adopted: Proposal) -> None:
    unit = Organisation.objects.create(place=cast.zaobei, kind="company", name="安居物业公司")
    name_contact(unit, by=cast.liu, name="李明", phone=cast.liming.phone)
    pass_on(adopted, by=cast.wang, unit=unit, reason="地面归物业管")
    assert [one.verb for one in for_units(cast.liming, Referral.objects.get().sent_on)] == ["proposal.reply"]
    with pytest.raises(NotAllowed):
        reply(fresh(adopted), by=cast.lu, outcome="done", text="办好了")
    send_back(fresh(adopted), by=cast.liming, reason="地面归街道")
    assert (fresh(adopted).state, Referral.objects.get().outcome) == (State.ADOPTED, "returned")
    assert "已退回：地面归街道" in told(cast.lu)
    pass_on(fresh(adopted), by=cast.wang, unit=unit, reason="合同里写明由物业养护")
    reply(fresh(adopted), by=cast.liming, outcome="explained", text="合同明年到期。")
    assert (fresh(adopted).state, fresh(adopted).dossier.lies_at) == (State.ADOPTED, cast.zaobei)
    assert open_project(fresh(adopted), by=cast.liu).title
