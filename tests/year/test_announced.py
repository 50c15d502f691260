"""What was announced is what is decided: of everything that is announced, words that have changed stop the act.

Words are changed past the verbs, as no verb would: whatever a later verb forgets, the act itself compares.
"""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import yishiting
from tests.cast import Cast
from tests.conftest import Clock
from tests.factories import budgeting, consultations, councils, meetings, projects, scoring
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import VERBS, why_not_now
from yishiting.instruments.publicity.actions import close_notice
from yishiting.year.councils.models import Candidate, Term
from yishiting.year.meetings.models import AgendaItem
from yishiting.year.projects.actions import publicise_plan
from yishiting.year.projects.models import Project, TeamMember
from yishiting.year.proposals.actions import amend_proposal
from yishiting.year.proposals.models import Proposal

pytestmark = pytest.mark.django_db
Acts = Iterator[tuple[str, Any]]


def _item(cast: Cast, clock: Clock) -> Acts:
    _, item = meetings.opened(cast, clock)
    assert why_not_now("item.put_to_vote", item) is None
    for words in ({"title": "收费"}, {"text": "每户50元。"}):
        AgendaItem.objects.filter(pk=item.pk).update(title=item.title, text=item.text)
        AgendaItem.objects.filter(pk=item.pk).update(**words)
        yield "item.put_to_vote", AgendaItem.objects.get(pk=item.pk)


def _plan(cast: Cast, clock: Clock) -> Acts:
    project = projects.planned(cast, projects.seated_council(cast))
    publicise_plan(project, by=cast.wang)
    clock.to(projects.PLAN.starts_on or projects.today())
    close_notice(project.notice, by=cast.wang)
    rows = Project.objects.filter(pk=project.pk)
    assert why_not_now("project.start", rows.get()) is None
    for words in ({"completion_standard": "装了就行"}, {"planned_cost": 1}, {"maintenance_owner": "没人"}):
        was = rows.values(*words).get()
        rows.update(**words)
        yield "project.start", rows.get()
        rows.update(**was)
    TeamMember.objects.filter(project=project).update(name="另一个人")
    yield "project.start", rows.get()


def _standard(cast: Cast, clock: Clock) -> Acts:
    project = projects.finished(cast, clock)
    assert why_not_now("project.accept", Project.objects.get(pk=project.pk)) is None
    Project.objects.filter(pk=project.pk).update(completion_standard="装了就行")
    yield "project.accept", Project.objects.get(pk=project.pk)


def _candidates(cast: Cast, clock: Clock) -> Acts:
    term = councils.a_publicised_term(cast)
    clock.to(term.notice.last_day + timedelta(days=1))
    close_notice(term.notice, by=cast.wang)
    assert why_not_now("term.start_election", Term.objects.get(pk=term.pk)) is None
    Candidate.objects.filter(name="一甲").update(name="另一人")
    yield "term.start_election", Term.objects.get(pk=term.pk)


def _budget(cast: Cast, clock: Clock) -> Acts:
    vote = budgeting.opened(cast)
    proposal = vote.options.get(number=1).proposal
    with pytest.raises(Refused, match="正在按现在的文本投票"):
        amend_proposal(proposal, by=cast.liu, reason="改", title="换了一件事")
    assert why_not_now("budget_vote.close", vote) is None
    Proposal.objects.filter(pk=proposal.pk).update(title="换了一件事")
    yield "budget_vote.close", vote


def _scored(cast: Cast, clock: Clock) -> Acts:
    yield "proposal.amend", scoring.opened(cast).scored.first().proposal


def _consultation(cast: Cast, clock: Clock) -> Acts:
    yield "consultation.amend", consultations.opened(cast)


def _questionnaire(cast: Cast, clock: Clock) -> Acts:
    made = consultations.open_one(cast)
    yield "questionnaire.amend", made
    yield "questionnaire.set_questions", made


#: Of everything that announces: how the act is stopped, or the changing verb refused.
ANNOUNCING: dict[str, Callable[[Cast, Clock], Acts]] = {
    "meeting.convene": _item,
    "item.announce_again": _item,
    "project.publicise_plan": _plan,
    "project.open": _standard,
    "term.publicise_candidates": _candidates,
    "by_election.publicise": _candidates,  # the same conditions on the same list
    "budget_vote.open": _budget,
    "score_round.open": _scored,
    "consultation.open": _consultation,
    "questionnaire.open": _questionnaire,
}
#: What is called so and announces nothing that is decided on later, or is itself what is decided.
DECIDES_NOTHING = {
    "account.open": "an account",
    "assessment.adopt_rules": "a new version; every assessment keeps the table it was made by",
    "assessment.announce": "the figures are counted; what is wrong in them is appealed against",
    "assessment.publish": "the end of the matter",
    "fund.open": "an account",
    "privacy.publish": "a new version beside the old one; agreed to by version",
    "estate.list": "a list",
    "organisation.announce": "how an office is reached",
    "place.list_contacts": "how offices are reached",
    "season.open_special": "days and a reason; no vote rests on them",
    "holiday.announce": "days of the calendar; each notice keeps the days it was counted with",
    "rulebook.adopt": "a new version; every vote stores the rule it was opened by",
    "notice.post": "the notice is the announced text itself; no verb changes one",
    "poll.open": "options and rule stand in the poll; no verb changes them",
    "election.open_round": "opens a poll",
    "assembly.convene": "who is entitled is written down in the poll when a round is opened",
    "by_election.convene_assembly": "as for a term",
    "meeting.postpone": "is convened anew",
    "term.announce": "that an election will be held; its days and seats are announced by their own verbs",
    "meeting.open": "the items are announced by convening",
    "meeting.publish_minutes": "the end of the matter",
    "proposal.table": "announced by convening the meeting",
    "review.list": "announced by convening the meeting",
    "review.publicise": "the end of the matter",
    "consultation.publish": "the end of the matter",
    "questionnaire.publish": "the end of the matter",
    "score_round.publish": "the end of the matter",
    "budget_vote.publish": "the end of the matter",
    "hearing.announce": "people are heard; nothing is voted on",
    "hearing.publish": "the end of the matter",
    "matter.publicise": "no verb changes a matter's words after the screening",
    "matter.table": "announced by convening the meeting",
    "needs_report.adopt": "the adopted version is kept",
    "needs_report.list_matters": "a list, adopted with the report",
    "needs_report.publish": "the end of the matter",
    "place.list_residents_representatives": "a list",
    "project.open_another": "as project.open: its proposal's words are held",
    "project.open_together": "as project.open: its proposals' words are held",
    "works_plan.publicise": "what was decided is kept, and only it is publicised",
}
NAMES = re.compile(r"\.(open|convene|publicis|publish|post|announce|table|adopt|list)")


def test_every_verb_that_announces_is_held_to_its_words() -> None:
    called_so = {code for code in VERBS if NAMES.search(code)}
    assert called_so == {*ANNOUNCING, *DECIDES_NOTHING}


@pytest.mark.parametrize("code", [*ANNOUNCING])
def test_changed_words_stop_the_act(code: str, cast: Cast, clock: Clock) -> None:
    for act, thing in ANNOUNCING[code](cast, clock):
        assert why_not_now(act, thing) is not None, act


def test_a_notice_keeps_its_words() -> None:
    """No verb writes the title, the body or the table of a notice once it is posted."""
    written = re.compile(r"notice\.(?:title|body|table|basis|workdays|posted_on) = ")
    sources = Path(yishiting.__file__).parent.rglob("*.py")
    assert not [str(one) for one in sources if written.search(one.read_text())]
