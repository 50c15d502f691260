"""What happened stays: whatever is done later, no step that was walked leaves the path, and who decided is the body."""

from datetime import date, timedelta

import pytest

from tests.cast import Cast
from tests.factories import projects, proposals
from tests.factories.projects import give_account
from tests.factories.suggestions import many_alike
from yishiting.doors.commands.management.commands.docs import load_everything
from yishiting.doors.web.shared.happened import NO_STEP, TELL, walked
from yishiting.doors.web.shared.matters import matter_of
from yishiting.doors.web.shared.paths import steps, summary
from yishiting.ground.common.verbs import VERBS
from yishiting.year.meetings.actions import put_off_item
from yishiting.year.projects.actions import (
    accept_project,
    answer_finding,
    complete_project,
    confirm_finding,
    raise_finding,
    reject_finding,
    sign_acceptance,
    stop_project,
)
from yishiting.year.projects.models import Project
from yishiting.year.proposals.actions import (
    amend_proposal,
    bring_back,
    defer,
    report_up,
    return_up,
)
from yishiting.year.suggestions.actions import merge_suggestions, screen_suggestion, unmerge_suggestion

pytestmark = pytest.mark.django_db


def fresh(one):
    return type(one).objects.get(pk=one.pk)


class Watch:
    """After each act the path still holds every step it held before."""

    def __init__(self, thing) -> None:
        self.thing, self.seen = thing, set[int]()

    def __call__(self, thing=None):
        self.thing = fresh(thing or self.thing)
        now = {number for one in walked(matter_of(self.thing)) for number in one.numbers}
        assert self.seen <= now, [one.step.title for one in walked(matter_of(self.thing))]
        self.seen = now
        return now


def past(thing, title: str):
    return next(one.step for one in walked(matter_of(fresh(thing))) if title in str(one.step.title))


def test_what_stands_in_the_timeline_alone_are_verbs() -> None:
    """Every other act about a matter is a step, those added later too: by its own words, or by the name of its verb."""
    load_everything()
    assert set(VERBS) >= NO_STEP
    assert set(VERBS) >= set(TELL)
    assert not NO_STEP & set(TELL)


def test_no_step_leaves_the_path_through_council_and_subdistrict(cast: Cast, clock) -> None:
    main, other = many_alike(cast, 2)
    watch = Watch(main)
    watch()
    merge_suggestions(main, by=cast.liu, others=[other])
    watch()
    unmerge_suggestion(fresh(other), by=cast.liu, reason="不是一个楼门")
    Watch(other)()
    merge_suggestions(fresh(main), by=cast.liu, others=[fresh(other)])
    assert watch() > set()
    screen_suggestion(
        fresh(main),
        by=cast.liu,
        **dict.fromkeys(("factual", "public_interest", "legality", "feasibility"), "pass"),
        result="valid",
    )
    watch()
    proposal = proposals.drafted(cast, suggestions=[fresh(main)])
    watch()
    proposals.on_the_floor(cast, clock, proposal)
    watch()
    put_off_item(fresh(proposal).agenda_item, by=cast.wang, reason="材料不齐")
    watch()
    assert past(main, "改期再议").why == "材料不齐"
    amend_proposal(fresh(proposal), by=cast.liu, measures="改成10个车位", reason="留出消防通道")
    watch(proposal)


def test_the_council_decides_and_the_answer_from_above_stays(cast: Cast, clock) -> None:
    proposal = proposals.decided(cast, clock)
    watch = Watch(proposal)
    watch()
    voted = past(proposal, "审议通过")
    assert str(voted.who).startswith("议事协商会表决：赞成8，反对1，弃权1；登记：")
    report_up(fresh(proposal), by=cast.wang, responsible_level="subdistrict", reason="道路由街道管")
    watch()
    bring_back(fresh(proposal), by=cast.zhao, answer="由街道城管科提供材料")
    watch()
    return_up(fresh(proposal), by=cast.wang, reason="还缺经费")
    watch()
    defer(fresh(proposal), by=cast.zhao, answer="明年再列", conditions="经费到位")
    watch()
    whys = [one.step.why for one in walked(matter_of(fresh(proposal)))]
    assert {"道路由街道管", "由街道城管科提供材料", "还缺经费", "明年再列；经费到位"} <= set(whys)
    last = steps(matter_of(fresh(proposal)), date(2026, 4, 1))[-1]
    assert (str(last.title), last.walked) == ("上级答复：暂不办理", "stopped")


def test_dissent_and_every_round_of_a_finding_stay_visible(cast: Cast, clock) -> None:
    project = projects.underway(cast, clock)
    watch = Watch(project)
    watch()
    seats = list(project.supervisors.select_related("representative"))
    for one in seats:
        give_account(one.representative)
    people = [fresh(one.representative).person for one in seats]
    finding = raise_finding(fresh(project), by=people[0], text="7号楼的灯不亮")
    watch()
    for reason, answer in (("还是不亮", "换了灯泡"), ("一闪一闪", "换了线")):
        answer_finding(fresh(finding), by=cast.liu, answer=answer)
        reject_finding(fresh(finding), by=people[0], reason=reason)
        watch()
    answer_finding(fresh(finding), by=cast.liu, answer="换了灯")
    confirm_finding(fresh(finding), by=people[0])
    complete_project(fresh(project), by=cast.liu, text="三盏灯都亮了")
    for n, person in enumerate(people):
        sign_acceptance(fresh(project), by=person, meets_standard=n > 0, note="" if n else "灯杆歪")
        watch()
    accept_project(fresh(project), by=cast.wang)
    watch()
    whys = [one.step.why for one in walked(matter_of(fresh(project)))]
    assert {"还是不亮", "一闪一闪", "换了灯泡", "换了线", "换了灯", "灯杆歪"} <= set(whys)
    concluded = past(project, "监督小组验收")
    assert str(concluded.who).startswith("监督小组3人签字：2人认为达到标准，1人认为没有达到；登记：")


def test_a_late_project_is_called_late_and_a_notice_that_ran_out_is_not(cast: Cast, clock) -> None:
    project = projects.planned(cast, projects.seated_council(cast))
    from yishiting.year.projects.actions import publicise_plan

    publicise_plan(project, by=cast.wang)
    clock.to(project.notice.last_day + timedelta(days=3))
    now = next(
        s for s in steps(matter_of(fresh(project)), project.notice.last_day + timedelta(days=3)) if s.walked == "now"
    )
    assert (str(now.title), now.by, str(now.next)) == ("方案公示", None, "公示期已满，没有未决异议就开工")
    Project.objects.filter(pk=project.pk).update(state="underway", percent=20)
    clock.to(project.deadline + timedelta(days=10))
    assert "已超期" in summary(matter_of(fresh(project)))
    assert "计划" not in summary(matter_of(fresh(project)))


def test_a_stopped_project_keeps_its_way(cast: Cast, clock) -> None:
    project = projects.underway(cast, clock)
    watch = Watch(project)
    before = watch()
    stop_project(fresh(project), by=cast.wang, reason="楼体要整体改造")
    assert before < watch()
    assert steps(matter_of(fresh(project)), date(2026, 5, 1))[-1].walked == "stopped"
