"""Sittings of the directors' meeting of 麦子店街道, and who sits there."""

from datetime import date
from typing import Any

from django.utils import timezone

from tests.cast import OPERATOR, Cast, person
from tests.put_back import kept
from yishiting.ground.accounts.models import Person
from yishiting.ground.organisations.actions import appoint
from yishiting.ground.organisations.models import Office, Organisation, OrganisationKind
from yishiting.ground.places.models import ResponsibleLevel
from yishiting.instruments.publicity.actions import post_notice
from yishiting.instruments.publicity.models import NoticeKind, PublicNotice
from yishiting.instruments.publicity.states import State as NoticeState
from yishiting.year.directors.actions import begin_sitting, call_sitting, put_down
from yishiting.year.directors.models import PlannedWork, Sitting, WorksPlan
from yishiting.year.directors.states import PlanState
from yishiting.year.proposals.models import Proposal
from yishiting.year.scoring.models import ScoreRound
from yishiting.year.suggestions.actions import screen_suggestion, take_down_suggestion
from yishiting.year.suggestions.models import Channel, Criterion, Mark, Suggestion
from yishiting.year.suggestions.states import State as SuggestionState

SINCE = date(2025, 1, 1)
HEAD, LEADER = "hezhuren", "liqiang"
#: What a plan says of a work, besides who leads it.
WRITTEN: dict[str, Any] = {
    "planned_cost": 30_000_000,
    "cost_source": "街道为民办实事资金",
    "deadline": date(2027, 9, 30),
    "completion_standard": "路面平整，雨后不积水",
    "partners": [("安居物业", "出人看护")],
}


@kept
def heads(cast: Cast) -> tuple[Person, Person]:
    """何主任, the director, and 李强, a responsible leader of 麦子店街道."""
    found = Person.objects.filter(login__in=(HEAD, LEADER)).order_by("login")
    if found.exists():
        return found[0], found[1]
    head, leader = person(HEAD, "何静"), person(LEADER, "李强")
    appoint(cast.maizidian, by=OPERATOR, person=head, office=Office.SUBDISTRICT_DIRECTOR, since=SINCE)
    appoint(cast.maizidian, by=OPERATOR, person=leader, office=Office.SUBDISTRICT_LEADER, since=SINCE)
    return head, leader


@kept
def section(cast: Cast, name: str = "城市管理科") -> Organisation:
    kept, _made = Organisation.objects.get_or_create(
        place=cast.maizidian, name=name, defaults={"kind": OrganisationKind.SECTION}
    )
    return kept


@kept
def passed(cast: Cast, text: str = "朝阳公园路要修", level: str = ResponsibleLevel.SUBDISTRICT) -> Suggestion:
    """A suggestion of the subdistrict that has passed the screening and is classed."""
    today = timezone.localdate()
    one = take_down_suggestion(cast.maizidian, by=cast.zhao, channel=Channel.PHONE, text=text, received_on=today)
    marks = {criterion: str(Mark.PASS) for criterion in Criterion.values}
    screen_suggestion(one, by=cast.zhao, **marks, result=SuggestionState.VALID)
    Suggestion.objects.filter(pk=one.pk).update(responsible_level=level)
    one.refresh_from_db()
    return one


@kept
def called(cast: Cast, **given: Any) -> Sitting:
    return call_sitting(cast.maizidian, by=cast.zhao, **{"held_on": timezone.localdate(), **given})


@kept
def sitting(cast: Cast, *suggestions: Suggestion) -> Sitting:
    """The sitting of today that has begun, with these on its agenda."""
    head, leader = heads(cast)
    there = Sitting.objects.filter(place=cast.maizidian, held_on=timezone.localdate(), state__in=("called", "open"))
    made = there.first() or called(cast)
    if suggestions:
        put_down(made, by=cast.zhao, suggestions=list(suggestions))
    return (
        made
        if made.state == "open"
        else begin_sitting(made, by=cast.zhao, chaired_by=head, present=[leader, cast.zhao])
    )


@kept
def in_force(cast: Cast, proposal: Proposal) -> Proposal:
    """The proposal of 麦子店街道 stands in a plan of works that has been public without an objection."""
    day = timezone.localdate()
    plan = WorksPlan.objects.filter(place=cast.maizidian).first()
    if plan is None:
        head, _leader = heads(cast)
        scored = ScoreRound.objects.create(place=cast.maizidian, title="打分", opened_on=day, closes=day, rule={})
        notice = post_notice(cast.maizidian, by=cast.zhao, kind=NoticeKind.WORKS_PLAN, title="计划书", body="见表")
        PublicNotice.objects.filter(pk=notice.pk).update(state=NoticeState.CLEAR)
        held = Sitting.objects.create(place=cast.maizidian, year=day.year, held_on=day, chaired_by=head, state="issued")
        plan = WorksPlan.objects.create(
            place=cast.maizidian, year=day.year + 1, score_round=scored, state=PlanState.PUBLICISED, sitting=held,
            decided_on=day, decided={"columns": [], "rows": []}, notice=notice,
        )  # fmt: skip
    PlannedWork.objects.create(plan=plan, place=plan.place, proposal=proposal, position=plan.works.count() + 1)
    return proposal


@kept
def scored(cast: Cast, *marks: int) -> ScoreRound:
    """Projects that the council of 麦子店街道 has adopted and scored so, the result public: 第1件事, 第2件事 …"""
    from tests.factories.projects import adopted_proposal
    from tests.factories.scoring import on_paper
    from tests.factories.sections import seats_of_the_street
    from yishiting.year.scoring.actions import close_round, open_round, publish_round
    from yishiting.year.scoring.queries import judges_in

    head, leader = heads(cast)
    third = person("zhangshu", "张淑珍", staff=False)
    seats_of_the_street(cast.maizidian, cast.liming, cast.lu, third)
    own = [adopted_proposal(cast, ResponsibleLevel.SUBDISTRICT, f"第{n}件事") for n in range(1, len(marks) + 1)]
    for n, one in enumerate(own, start=1):
        Proposal.objects.filter(pk=one.pk).update(place=cast.maizidian, number=f"麦子店街道案〔2026〕{n}号")
    day = timezone.localdate()
    made = open_round(
        cast.maizidian, by=cast.zhao, title="明年实事项目打分", closes=day,
        proposals=list(Proposal.objects.filter(place=cast.maizidian).order_by("created_at")),
    )  # fmt: skip
    for judge in judges_in(made):
        on_paper(cast, judge, *marks, by=(cast.zhao, leader))
    close_round(made, by=cast.zhao)
    return publish_round(ScoreRound.objects.get(pk=made.pk), by=head)
