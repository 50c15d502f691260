"""The supervision group is as large at acceptance as it had to be when it was formed, and the rule says how many it takes."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.cast import Cast
from tests.conftest import Clock
from tests.factories.projects import give_account, underway
from yishiting.ground.common.refused import Refused
from yishiting.ground.seasons.actions import adopt_rulebook
from yishiting.year.councils.actions import end_representative
from yishiting.year.councils.choices import Leaving
from yishiting.year.councils.models import Representative
from yishiting.year.councils.queries import serving_here
from yishiting.year.projects.actions import accept_project, complete_project, set_supervisors, sign_acceptance
from yishiting.year.projects.models import Project, Supervisor
from yishiting.year.projects.rules import Acceptance, accept
from yishiting.year.projects.states import State


def completed(cast: Cast, clock: Clock) -> tuple[Project, list[Supervisor]]:
    project = underway(cast, clock)
    complete_project(project, by=cast.liu, text="完工")
    return project, list(project.supervisors.select_related("representative__person").order_by("created_at"))


def sign(project: Project, representative: Representative, *, meets: bool = True) -> None:
    give_account(representative)
    note = "" if meets else "还有一处没有做"
    sign_acceptance(project, by=representative.person, meets_standard=meets, note=note)


def leave(cast: Cast, representative: Representative) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    end_representative(representative, by=cast.wang, kind=Leaving.MOVED, reason="迁出", on=yesterday)


def test_one_signature_is_no_group_and_the_way_out_is_open(cast: Cast, clock: Clock) -> None:
    project, group = completed(cast, clock)
    sign(project, group[0].representative)
    for one in group[1:]:
        leave(cast, one.representative)
    with pytest.raises(Refused, match="组成监督小组"):
        accept_project(project, by=cast.wang)
    others = [one for one in serving_here(cast.zaobei, timezone.localdate()) if one != group[0].representative]
    wanted = [group[0].representative, *others[: len(group) - 1]]
    set_supervisors(project, by=cast.wang, representatives=wanted)
    for one in wanted[1:]:
        sign(project, one)
    assert accept_project(project, by=cast.wang).state == State.ACCEPTED


def test_while_enough_serve_the_group_stays_as_it_is(cast: Cast, clock: Clock) -> None:
    project, group = completed(cast, clock)
    sign(project, group[0].representative)
    everybody = list(serving_here(cast.zaobei, timezone.localdate()))
    with pytest.raises(Refused, match="已经有人在验收单上签字"):
        set_supervisors(project, by=cast.wang, representatives=everybody)


@pytest.mark.parametrize(
    ("rule", "yes", "accepted"),
    [
        ("over_half_of_signed", 2, False),
        ("over_half_of_signed", 3, True),
        ("two_thirds_of_signed", 2, False),
        ("two_thirds_of_signed", 3, True),
        ("all_signed", 3, False),
        ("all_signed", 4, True),
    ],
)
def test_how_many_it_takes_is_a_rule(rule: str, yes: int, accepted: bool) -> None:
    concluded = accept([True] * yes + [False] * (4 - yes), 4, 0, least=3, by=rule)
    assert isinstance(concluded, Acceptance)
    assert concluded.accepted is accepted


def test_a_place_may_ask_for_all(cast: Cast, clock: Clock) -> None:
    adopt_rulebook(
        cast.district,
        by=cast.sun,
        year=2026,
        in_force_from=date(2026, 1, 1),
        changes={"project.acceptance": "all_signed"},
    )
    project, group = completed(cast, clock)
    for n, one in enumerate(group):
        sign(project, one.representative, meets=n > 0)
    assert accept_project(project, by=cast.wang).state == State.RECTIFYING
