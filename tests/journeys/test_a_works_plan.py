"""A subdistrict project scored, planned with a departure and its reason, publicised, opened: over HTTP, by the cast."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.conftest import Clock
from tests.factories import directors
from yishiting.ground.accounts.models import Person
from yishiting.ground.organisations.models import Organisation
from yishiting.instruments.publicity.models import PublicNotice
from yishiting.instruments.publicity.states import State as NoticeState
from yishiting.year.directors.models import PlannedWork, Sitting, WorksPlan
from yishiting.year.directors.states import PlanState
from yishiting.year.projects.models import Project

pytestmark = pytest.mark.django_db
REASON = "第2件事要等热力改造后再挖，先做不返工的第3件事。"


class Desk:
    """Somebody at their desk: opens the page of a verb and does it."""

    def __init__(self, person: Person) -> None:
        self.browser = Client()
        self.browser.force_login(person)

    def do(self, verb: str, thing: object, status: int = 200, **given: object) -> str:
        """Do it, and give the page that follows."""
        address = f"/do/{verb}/{getattr(thing, 'code', None) or thing.pk}/"
        assert self.browser.get(address).status_code == 200, address
        answer = self.browser.post(address, given, follow=True)
        assert answer.status_code == status, (verb, answer.content.decode()[:2000])
        return answer.content.decode()

    def see(self, name: str, key: object) -> str:
        answer = self.browser.get(reverse(name, args=[key]))
        assert answer.status_code == 200, name
        return answer.content.decode()


def rows(plan: WorksPlan, *told: tuple[str, str, str]) -> dict[str, str]:
    """What the table of the page sends: number, place in the plan, reason."""
    sent = {"rows-rows": str(len(told))}
    for n, (number, position, reason) in enumerate(told):
        sent |= {f"rows-{n}-project": number, f"rows-{n}-position": position, f"rows-{n}-reason": reason}
    return sent


@dataclass
class Street:
    """The section head at the desk, one of the heads, the leader and the section they name."""

    zhao: Desk
    head: Desk
    leader: Person
    section: Organisation


def test_scored_planned_publicised_and_opened(cast: Cast, clock: Clock) -> None:
    clock.to(date(2026, 11, 20))
    head, leader = directors.heads(cast)
    street = Street(Desk(cast.zhao), Desk(head), leader, directors.section(cast))
    plan = drafted_in_the_councils_order(cast, street)
    arranged_with_a_departure(street, plan)
    decided_and_publicised(cast, street, plan)
    opened_when_the_notice_has_run(cast, clock, street, plan)
    read_by_everybody(cast, street, plan)


def drafted_in_the_councils_order(cast: Cast, street: Street) -> WorksPlan:
    scored = directors.scored(cast, 9, 8, 7, 6)
    assert "还没有编制实施计划书" in street.zhao.browser.get("/desk/").content.decode()
    street.zhao.do("works_plan.draft", cast.maizidian, score_round=scored.pk, year="2027")
    plan = WorksPlan.objects.get()
    assert [one.position for one in plan.works.all()] == [1, 2, 3, 4], "in the council's order"
    assert [one.council_place for one in plan.works.all()] == [1, 2, 3, 4]
    return plan


def nth(plan: WorksPlan, place: int) -> PlannedWork:
    """The work to which the council gave this place."""
    return plan.works.select_related("proposal").get(council_place=place)


def arranged_with_a_departure(street: Street, plan: WorksPlan) -> None:
    first, second, third = (nth(plan, place).proposal.number for place in (1, 2, 3))
    silent = rows(plan, (first, "1", ""), (third, "2", ""), (second, "3", ""))
    assert "和协商会的次序不同，请写明理由" in street.zhao.do("works_plan.arrange", plan, 422, **silent)
    assert not PlannedWork.objects.filter(departs=True).exists(), "nothing was saved"
    street.zhao.do("works_plan.arrange", plan, **rows(plan, (first, "1", ""), (third, "2", REASON), (second, "3", "")))
    moved = nth(plan, 3)
    assert (moved.position, moved.reason) == (2, REASON)
    assert plan.works.get(departs=True) == moved, "the last is left out, no more"
    assert nth(plan, 4).position is None


def decided_and_publicised(cast: Cast, street: Street, plan: WorksPlan) -> None:
    given = {
        "responsible": street.leader.pk, "lead": street.section.pk, "planned_cost": "30万",
        "cost_source": "街道为民办实事资金", "deadline": "2027-09-30", "completion_standard": "雨后不积水",
        "partners": "安居物业 出人看护",
    }  # fmt: skip
    for one in plan.works.filter(position__isnull=False):
        street.zhao.do("planned_work.write", one, **given)
    directors.sitting(cast)
    street.zhao.do("works_plan.decide", plan, sitting=Sitting.objects.get().pk)
    plan.refresh_from_db()
    assert (plan.state, plan.number) == (PlanState.DECIDED, "麦子店街道计划〔2027〕1号")
    assert len(plan.decided["rows"]) == 4, "both orders are kept"
    public = reverse("public-works-plan", args=[plan.pk])
    assert Client().get(public).status_code == 404, "decided is not announced"
    street.head.do("works_plan.publicise", plan)
    plan.refresh_from_db()
    shown = Client().get(public).content.decode()
    assert REASON in shown
    assert re.search(r"第3件事.*协商会.*第3名", shown, re.DOTALL)
    assert REASON in Client().get(reverse("notice", args=[plan.notice_id])).content.decode()
    path = Client().get(reverse("public-proposal", args=[nth(plan, 3).proposal_id])).content.decode()
    assert "列入实施计划书第2项" in path
    assert "实施计划书公示" in path


def opened_when_the_notice_has_run(cast: Cast, clock: Clock, street: Street, plan: WorksPlan) -> None:
    proposal = nth(plan, 3).proposal
    address = f"/do/project.take_up/{proposal.pk}/"
    assert "期满" in street.zhao.browser.get(address).content.decode(), "not before the notice has run"
    clock.to(PublicNotice.objects.get(pk=plan.notice_id).last_day + timedelta(days=1))
    street.zhao = Desk(cast.zhao)  # nobody stays signed in for a week
    street.zhao.do("notice.close", plan.notice)
    assert PublicNotice.objects.get(pk=plan.notice_id).state == NoticeState.CLEAR
    assert f'value="{street.section.pk}"' in street.zhao.browser.get(address).content.decode()
    named = {"lead": street.section.pk, "responsible": street.leader.pk, "handler": cast.zhao.pk}
    street.zhao.do("project.take_up", proposal, **named)
    project = Project.objects.get()
    assert (project.lead, project.responsible, project.planned_cost) == (street.section, street.leader, 30_000_000)
    assert (project.deadline, project.completion_standard) == (date(2027, 9, 30), "雨后不积水")
    left_out = street.zhao.browser.get(f"/do/project.take_up/{nth(plan, 4).proposal_id}/").content.decode()
    assert "从《为民办实事项目实施计划书》立项" in left_out


def read_by_everybody(cast: Cast, street: Street, plan: WorksPlan) -> None:
    for name in ("desk-works-plan", "works-plan-paper", "works-plan-document", "works-plan-sheet"):
        assert street.zhao.browser.get(reverse(name, args=[plan.pk])).status_code == 200, name
    assert str(plan) in street.zhao.see("desk-works-plans", cast.maizidian.code)
    assert str(plan) in Client().get(reverse("place-papers", args=[cast.maizidian.code])).content.decode()
