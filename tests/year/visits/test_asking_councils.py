"""Where it is needed, the council of a community discusses the draft of the subdistrict; its answer stays and is read."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import Cast
from tests.factories import meetings
from tests.factories.directors import heads, passed
from yishiting.doors.web.shared.happened import walked
from yishiting.doors.web.shared.matters import matter_of
from yishiting.ground.common.refused import NotAllowed, Refused
from yishiting.ground.common.verbs import VERBS, why_not
from yishiting.ground.notices.models import Message
from yishiting.overview.cycle.board import waiting_for
from yishiting.year.proposals.actions import draft_proposal
from yishiting.year.proposals.models import Proposal
from yishiting.year.visits.actions import answer_question, ask_councils, withdraw_question
from yishiting.year.visits.guards import councils_not_heard
from yishiting.year.visits.models import CouncilQuestion, Stance

pytestmark = pytest.mark.django_db
SAID: dict[str, Any] = {"stance": Stance.CONDITIONAL, "answer": "7人同意，条件是先划临时车位。"}


def draft_of_the_street(cast: Cast) -> Proposal:
    """A draft of 麦子店街道, with the councils of 枣营北里 and 枣营南里 below it."""
    from yishiting.year.suggestions.models import Suggestion

    heads(cast)
    meetings.a_council(cast.zaobei)
    one = passed(cast, "朝阳公园路要修")
    Suggestion.objects.filter(pk=one.pk).update(responsible=cast.zhao)
    words = {"title": "朝阳公园路要修", "situation": "路面破损。", "measures": "重铺路面，占用空地三个月。"}
    one.refresh_from_db()
    return draft_proposal(cast.maizidian, by=cast.zhao, suggestions=[one], responsible_level="subdistrict", **words)


def waits(person: Any) -> set[str]:
    return {one.verb for one in waiting_for(type(person).objects.get(pk=person.pk), timezone.localdate())}


def test_the_council_of_a_community_is_asked_answers_and_is_read(cast: Cast, client: Client) -> None:
    proposal = draft_of_the_street(cast)
    with pytest.raises(Refused, match="不能选它"):
        ask_councils(proposal, by=cast.zhao, councils=[cast.anzhen], question="占用空地行不行")
    ask_councils(proposal, by=cast.zhao, councils=[cast.zaobei], question="占用楼前空地三个月，行不行")
    with pytest.raises(Refused, match="正在等意见"):
        ask_councils(proposal, by=cast.zhao, councils=[cast.zaobei], question="再问一次")
    asked = CouncilQuestion.objects.get()
    assert "council_question.answer" in waits(cast.liu)
    assert "council_question.answer" not in waits(cast.zhao)
    assert Message.objects.filter(to=cast.wang, template="council_question.ask").exists()
    done = VERBS["proposal.ask_council"].done
    assert callable(done)
    assert "已通知1人" in str(done(proposal))
    assert "还在等枣营北里社区议事协商会的意见" in str(councils_not_heard(proposal))
    _answered(cast, client, asked)
    client.force_login(cast.zhao)
    page = client.get(reverse("desk-proposal", args=[proposal.pk])).content.decode()
    assert "有条件同意" in page
    assert "先划临时车位" in page
    steps = [str(one.step.title) for one in walked(matter_of(proposal))]
    assert steps[-2:] == ["请社区（村）议事协商会讨论", "社区（村）议事协商会的意见：有条件同意"]
    assert councils_not_heard(proposal) is None


def _answered(cast: Cast, client: Client, asked: CouncilQuestion) -> None:
    client.force_login(cast.liu)
    page = client.get(reverse("desk-council-question", args=[asked.pk])).content.decode()
    assert "占用楼前空地三个月" in page
    assert reverse("do", args=["council_question.answer", asked.pk]) in page
    today = timezone.localdate()
    with pytest.raises(NotAllowed):
        answer_question(asked, by=cast.zhao, discussed_on=today, **SAID)
    with pytest.raises(Refused, match="不能早于"):
        answer_question(asked, by=cast.liu, discussed_on=today - timedelta(days=1), **SAID)
    answer_question(asked, by=cast.liu, discussed_on=today, **SAID)
    assert "council_question.answer" not in waits(cast.liu)


def test_a_question_is_taken_back_with_its_reason_and_nobody_waits_beyond_its_day(cast: Cast, clock: Any) -> None:
    proposal = draft_of_the_street(cast)
    ask_councils(proposal, by=cast.zhao, councils=[cast.zaobei], question="行不行")
    first = CouncilQuestion.objects.get()
    assert why_not(cast.liu, "council_question.withdraw", first) is not None
    withdraw_question(first, by=cast.zhao, reason="方案改了，不占空地")
    assert "council_question.answer" not in waits(cast.liu)
    assert Message.objects.filter(to=cast.wang, template="council_question.withdraw").exists()
    ask_councils(proposal, by=cast.zhao, councils=[cast.zaobei], question="再看看新方案")
    second = CouncilQuestion.objects.get(state="asked")
    clock.to(second.due + timedelta(days=1), 9)
    assert councils_not_heard(proposal) is None
    assert "council_question.answer" in waits(cast.liu), "late, and still to be answered"
