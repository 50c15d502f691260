"""What is no work becomes an agreement: made, told, reviewed, reported broken, heard at the review meeting."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.conftest import Clock
from tests.factories import evaluation
from tests.factories.agreements import TEXT, agreed, broken
from tests.factories.projects import adopted_proposal
from tests.factories.proposals import decided, drafted, valid
from yishiting.ground.common.refused import NotAllowed, Refused, WrongState
from yishiting.ground.notices.models import Message
from yishiting.overview.cycle.board import waiting_for
from yishiting.year.agreements.actions import answer_breach, months_after, report_breach, review_agreement
from yishiting.year.agreements.models import ReviewOutcome
from yishiting.year.evaluation.queries import heard_besides
from yishiting.year.projects.actions import open_project
from yishiting.year.projects.models import Project
from yishiting.year.proposals.actions import put_off_proposal, report_up
from yishiting.year.proposals.states import State as ProposalState

pytestmark = pytest.mark.django_db


def told(template: str) -> str:
    """Everything that was said under a template."""
    return "".join(one.body for one in Message.objects.filter(template=template))


def test_it_is_no_work_and_the_proposers_are_told(cast: Cast, clock: Clock) -> None:
    agreement = agreed(cast, decided(cast, clock, drafted(cast, suggestions=[valid(cast, by=cast.lu)])))
    proposal = agreement.proposal
    assert agreement.review_due == months_after(agreement.in_force_from, 12)
    assert TEXT in told("proposal.agreed")
    for act in (
        lambda: open_project(proposal, by=cast.wang),
        lambda: report_up(proposal, by=cast.wang, reason="归街道管"),
        lambda: put_off_proposal(proposal, by=cast.liu, conditions="以后"),
    ):
        with pytest.raises(WrongState, match="已立为公约"):
            act()
    assert not Project.objects.exists()
    assert "project.open" not in {wait.verb for wait in waiting_for(cast.wang, agreement.in_force_from)}
    with pytest.raises(WrongState, match="不用再立"):
        agreed(cast, proposal)


def test_what_has_a_project_becomes_no_agreement(cast: Cast) -> None:
    proposal = adopted_proposal(cast)
    open_project(proposal, by=cast.wang)
    with pytest.raises(WrongState, match="已经立项"):
        agreed(cast, proposal)


def test_it_is_reviewed_and_every_text_stays(cast: Cast, clock: Clock) -> None:
    adopted = decided(cast, clock, drafted(cast, suggestions=[valid(cast, by=cast.lu)]))
    agreement = agreed(cast, adopted, review_months=3)
    clock.to(agreement.review_due)
    assert "agreement.review" in {wait.verb for wait in waiting_for(cast.liu, agreement.review_due)}
    with pytest.raises(Refused) as refused:
        review_agreement(agreement, by=cast.liu, outcome=ReviewOutcome.CHANGED, reason="天热了")
    assert refused.value.field == "text"
    changed = {"outcome": ReviewOutcome.CHANGED, "reason": "天热了", "text": "每晚八点半以后，小广场不放音乐。"}
    agreement = review_agreement(agreement, by=cast.liu, **changed)
    assert agreement.review_due == months_after(adopted.decided_on, 6)
    assert [one.text_before for one in agreement.reviews.all()] == [TEXT]
    clock.to(agreement.review_due)  # somebody is told of one kind of step once a day
    agreement = review_agreement(agreement, by=cast.liu, outcome=ReviewOutcome.ENDED, reason="广场改建了")
    assert agreement.state == "ended"
    with pytest.raises(WrongState, match="已经终止"):
        report_breach(agreement, by=cast.lu, text="还在放")
    assert "回顾后终止" in told("proposal.agreement_reviewed")


def test_a_breach_is_answered_and_named_to_nobody(cast: Cast) -> None:
    breach = broken(cast)
    assert "breach.answer" in {wait.verb for wait in waiting_for(cast.liu, breach.reported_on)}
    with pytest.raises(NotAllowed):
        answer_breach(breach, by=cast.qian, answer="已劝止")
    breach = answer_breach(breach, by=cast.liu, answer="已请队长提醒，昨晚九点停了。")
    assert "已请队长提醒" in Message.objects.get(template="breach.answer", way="on_site").body
    page = Client().get(reverse("public-agreement", args=[breach.agreement_id])).content.decode()
    assert "居民反映没有遵守1次，已答复1次" in page
    assert breach.text not in page
    assert TEXT in page
    office = Client()
    office.force_login(cast.liu)
    desk = office.get(reverse("desk-agreement", args=[breach.agreement_id])).content.decode()
    assert breach.text in desk
    assert "陆桂芳" not in desk


def test_by_api(cast: Cast) -> None:
    proposal = adopted_proposal(cast)
    office = Client()
    office.force_login(cast.liu)
    told = {"text": TEXT, "kept_by": "队员", "looked_after_by": "物业", "in_force_from": "2026-04-01"}
    made = office.post(f"/api/v1/proposals/{proposal.pk}/agreement-make", told, content_type="application/json")
    assert made.status_code == 201, made.content
    listed = Client().get("/api/v1/agreements/", {"place": cast.zaobei.code}).json()["items"]
    assert [one["text"] for one in listed] == [TEXT]


def test_the_review_meeting_hears_everything_the_council_dealt_with(cast: Cast, clock: Clock) -> None:
    meeting, _review = evaluation.review_meeting(cast, clock)
    agreement = agreed(cast, adopted_proposal(cast, title="跳舞的时间"))
    pending = drafted(cast, title="加装电梯")
    type(pending).objects.filter(pk=pending.pk).update(
        state=ProposalState.PENDING, decision_reason="还要商量", decided_on=meeting.day
    )
    heard = [str(one.thing) for one in heard_besides(cast.zaobei, meeting.day.year)]
    assert {agreement.title, "加装电梯"} <= set(heard)
    page = Client().get(reverse("meeting", args=[meeting.pk])).content.decode()
    assert "会上还要听取" in page
    assert "加装电梯" in page
    office = Client()
    office.force_login(cast.liu)
    assert "跳舞的时间" in office.get(reverse("desk-reviews", args=[meeting.pk])).content.decode()
