"""高碑店地区, of the rural line: one matter of its own on its way to the rural work committee."""

from yishiting.doors.commands.demo.clock import Telling, moment
from yishiting.doors.commands.demo.neighbours import Area, let_in
from yishiting.doors.common.stage import TOWNSHIP
from yishiting.ground.organisations.models import Organisation
from yishiting.ground.places.models import Place, ResponsibleLevel
from yishiting.year.directors.actions import (
    adopt_report,
    begin_sitting,
    call_sitting,
    draft_report,
    issue_minutes,
    list_matters,
    name_leaders,
    publish_report,
    put_down,
    send_list,
)
from yishiting.year.directors.queries import undecided
from yishiting.year.proposals.actions import draft_proposal
from yishiting.year.suggestions.actions import answer_suggestion, take_down_suggestion

SAID = "通惠河边的村路没有护栏，晚上骑车掉下去过，请装护栏和灯。"


def in_the_township(area: Area) -> Telling:
    """Heard, named by the directors, drafted, listed and sent; it waits to be received."""
    place, xu = Place.objects.get(code=TOWNSHIP), area.cast["xu"]
    yield moment(area.back(23), 10)
    one = take_down_suggestion(place, by=xu, channel="phone", text=SAID, where="通惠河北路", phone="13950100001")
    yield moment(area.back(20), 10)
    let_in(one, xu, "出行/道路和出入口", "district")
    sitting = call_sitting(place, by=xu, held_on=area.back(16), venue="二层会议室")
    put_down(sitting, by=xu, suggestions=[one])
    yield moment(area.back(16), 9)
    begin_sitting(sitting, by=xu, chaired_by=xu, present=[xu])
    section = Organisation.objects.get(place=place, name="规划建设科")
    name_leaders(sitting, by=xu, items=list(undecided(sitting)), responsible=xu, section=section)
    one.refresh_from_db()
    proposal = draft_proposal(
        place, by=xu, suggestions=[one], title="通惠河北路装护栏和路灯", situation=SAID, measures="装护栏六百米、路灯十八盏。",
        responsible_level=ResponsibleLevel.DISTRICT, beneficiaries="沿河两个村",
    )  # fmt: skip
    report = draft_report(place, by=xu, year=area.back(16).year, words="村民反映最多的是道路和排水。")
    list_matters(report, by=xu, proposals=[proposal], advice="河道和道路归区里管，请区里统筹。")
    adopt_report(report, by=xu, sitting=sitting)
    issue_minutes(sitting, by=xu)
    answer_suggestion(one, by=xu, kind="planned", text="已列入报区清单，区里的答复会再告诉您。")
    yield moment(area.back(2), 10)
    send_list(report, by=xu)
    publish_report(report, by=xu)
