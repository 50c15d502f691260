"""Two matters of the district over their pages: one pending to an honest no; one with a lawyer, an objection, a dispute."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import Cast
from tests.conftest import Clock
from tests.factories import matters
from tests.factories.matters import District
from tests.journeys.visitor import Visitor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.verbs import why_not
from yishiting.ground.organisations.actions import appoint
from yishiting.ground.organisations.models import Office, Organisation, OrganisationKind
from yishiting.instruments.ballots.actions import enter_tally
from yishiting.instruments.publicity.actions import answer_objection, close_notice, raise_objection
from yishiting.instruments.publicity.models import PublicNotice
from yishiting.year.matters.actions import decide_matter, endorse
from yishiting.year.matters.choices import Verdict
from yishiting.year.matters.models import Matter
from yishiting.year.meetings.actions import convene_meeting, decide_item, open_meeting, put_to_vote, take_attendance
from yishiting.year.meetings.models import Attendance, Meeting
from yishiting.year.meetings.queries import members
from yishiting.year.suggestions.models import Answer

DISPUTED, LEGAL = "河边围墙归谁拆", "地下车库产权"
SAID_NO = "权属不清，两个部门都没有依据，现在不能开工。"


@pytest.fixture
def district(cast: Cast) -> District:
    return matters.a_district(cast)


def at(someone: Person) -> Visitor:
    return Visitor(type(someone).objects.get(pk=someone.pk))


def now(title: str) -> Matter:
    return Matter.objects.get(title=title)


def do(someone: Person, code: str, thing: Any) -> Visitor:
    """The page of a verb; it waits on the home of whoever is asked for it."""
    return at(someone).to("do", code, thing.pk)


def test_pending_legal_and_disputed(cast: Cast, clock: Clock, district: District) -> None:
    matters.quickly_approved(cast, district, DISPUTED)
    matters.quickly_approved(cast, district, LEGAL, touches_law=True)
    consulted(cast, clock, district)
    through_two_special_consultations_to_a_no(cast, clock)
    decided(cast)
    objected_to(cast, clock)
    with_a_lawyer(cast, clock)
    decided(cast)
    returned_and_given_to_another(cast, clock, district)


def consulted(cast: Cast, clock: Clock, district: District) -> None:
    """Both on one agenda: the legal one is not voted on before a lawyer is asked."""
    day = timezone.localdate() + timedelta(days=10)
    meeting = matters.called(cast, day)
    for title in (DISPUTED, LEGAL):
        do(cast.sun, "matter.table", now(title)).send("列入民主协商会", 列入哪次会议=str(meeting.pk)).sees("已列入议程")
    at(cast.sun).to("desk-meeting", meeting.pk).sees("还没有邀请", "专家学者", "区人大常委会（列席）", "律师（列席）")
    invite(cast, meeting, "人大常委会（列席）", "人大常委会周主任")
    convene_meeting(meeting, by=cast.sun)
    clock.to(day, 14)
    come = {str(one.pk): Attendance.PRESENT for one in members(meeting)}
    take_attendance(meeting, by=cast.sun, attendance=come)
    open_meeting(meeting, by=cast.sun)
    item = now(LEGAL).agenda_item
    assert item is not None
    assert "请律师到会" in str(why_not(cast.sun, "item.put_to_vote", item))
    invite(cast, meeting, "律师（列席）", "周律师")
    at(cast.sun).to("desk-meeting", meeting.pk).sees("到会的方面")
    for title, yes in ((DISPUTED, 3), (LEGAL, len(come) - 1)):
        vote(cast, district, title, yes, len(come))
    page = do(cast.sun, "matter.consult", now(DISPUTED))
    page.send("登记协商结果", 结果="待定", expects=422).sees("请写明分歧在哪里")
    page.send("登记协商结果", {"结果": "待定", "各方意见和分歧": "两个部门都说不归自己管。"}).sees("协商结果已登记")
    do(cast.sun, "matter.consult", now(LEGAL)).send("登记协商结果", 结果="议定").sees("协商结果已登记")


def invite(cast: Cast, meeting: Meeting, role: str, name: str) -> None:
    do(cast.sun, "meeting.invite", meeting).send("邀请列席人员", {"身份": role, "姓名": name}).sees("已列入邀请名单")


def vote(cast: Cast, district: District, title: str, yes: int, come: int) -> None:
    item = now(title).agenda_item
    assert item is not None
    put_to_vote(item, by=cast.sun)
    for one in (cast.sun, district.clerk):
        enter_tally(item.poll, by=one, counts={"for": yes, "against": come - yes, "abstain": 0})
    decide_item(item, by=cast.sun)


def through_two_special_consultations_to_a_no(cast: Cast, clock: Clock) -> None:
    """As often as is needed; it cannot be dropped, and its end is told to whoever proposed it."""
    for verdict, said in (("待定", "还差规划部门的意见。"), ("不同意", SAID_NO)):
        at(cast.sun).to("desk-home").sees(DISPUTED, "召开专题协商会")
        day = timezone.localdate() + timedelta(days=7)
        called = {"哪一天": f"{day:%Y-%m-%d}", "地点": "区机关", "请哪些方面参加": "两个部门、街道、居民代表"}
        do(cast.sun, "special.call", now(DISPUTED)).send("召开专题协商会", called).sees("已定好")
        clock.to(day, 16)
        special = now(DISPUTED).specials.get(verdict="")
        told = {"结果": verdict, "到会的人": "两个部门、居民代表3人", "各方意见和分歧": said}
        do(cast.sun, "special.record", special).send("登记专题协商结果", told).sees("专题协商结果已登记")
    Visitor().to("public-district-matter", now(DISPUTED).pk).sees("不予办理，已说明理由", SAID_NO)
    assert Answer.objects.filter(text__contains=SAID_NO, suggestion__proposer=cast.lu).exists()
    at(cast.sun).to("desk-home").sees_not(DISPUTED)


def decided(cast: Cast) -> None:
    """The district head's meeting and the standing committee; its publicity begins."""
    paper: dict[str, Any] = {"verdict": Verdict.PASSED, "held_on": timezone.localdate(), "paper": "朝常会纪〔2026〕8号"}
    endorse(now(LEGAL), by=cast.sun, **paper)
    decide_matter(now(LEGAL), by=cast.sun, **paper)
    do(cast.sun, "matter.publicise", now(LEGAL)).send("向全区公示").sees("已公示")


def objected_to(cast: Cast, clock: Clock) -> None:
    """A serious objection that is upheld leads back to special consultation, never to a dispatch."""
    notice = now(LEGAL).notice
    assert notice is not None
    objection = raise_objection(notice, by=cast.lu, text="车库是全体业主的，要先征求业主意见。")
    answer_objection(objection, by=cast.sun, upheld=True, answer="异议成立，再作专题协商。")
    clock.to(notice.last_day + timedelta(days=1), 9)
    close_notice(PublicNotice.objects.get(pk=notice.pk), by=cast.sun)
    at(cast.sun).to("desk-home").sees(LEGAL, "再作专题协商").sees_not("分派承办单位")
    do(cast.sun, "matter.reopen", now(LEGAL)).send("再作专题协商", 重大分歧在哪里="要先征求业主意见。").sees(
        "已转专题协商"
    )


def with_a_lawyer(cast: Cast, clock: Clock) -> None:
    """Where law is touched no special consultation is called without a lawyer or the reason."""
    day = timezone.localdate() + timedelta(days=7)
    called = {"哪一天": f"{day:%Y-%m-%d}", "地点": "区机关", "请哪些方面参加": "业主代表、部门"}
    page = do(cast.sun, "special.call", now(LEGAL))
    page.send("召开专题协商会", called, expects=422).sees("涉及法律问题")
    page.send("召开专题协商会", {**called, "请哪位律师列席": "周律师"}).sees("已定好")
    clock.to(day, 16)
    told = {"结果": "议定", "到会的人": "业主代表、周律师", "各方意见和分歧": "业主大会已经同意。"}
    do(cast.sun, "special.record", now(LEGAL).specials.get()).send("登记专题协商结果", told).sees("已登记")


def returned_and_given_to_another(cast: Cast, clock: Clock, district: District) -> None:
    """The lead returns it with its reason, the office rules in time that another unit leads; that one goes on."""
    notice = now(LEGAL).notice
    assert notice is not None
    clock.to(notice.last_day + timedelta(days=1), 9)
    close_notice(notice, by=cast.sun)
    do(cast.sun, "matter.dispatch", now(LEGAL)).send("分派承办单位").sees("已分派")
    housing = Organisation.objects.create(place=cast.district, kind=OrganisationKind.DEPARTMENT, name="住建委")
    handler = matters.person("fanggong", "方工")
    appoint(
        cast.district, by=matters.OPERATOR, person=handler, office=Office.HANDLING_OFFICER, since=matters.SINCE,
        organisation=housing,
    )  # fmt: skip
    sent = now(LEGAL).dispatches.get(unit=district.roads)
    do(district.handler, "dispatch.return", sent).send("退回分派", 为什么不承办="产权归住建委管。").sees("已退回")
    at(cast.sun).to("desk-home").sees(LEGAL, "裁定")
    ruled = {"裁定和依据": "依据三定方案，由住建委主办。", "改派哪个单位": str(housing.pk)}
    do(cast.sun, "dispatch.rule", sent).send("裁定", ruled).sees("已裁定")
    for someone, unit in ((handler, housing), (district.traffic_handler, district.traffic)):
        part = now(LEGAL).dispatches.get(unit=unit)
        do(someone, "dispatch.countersign", part).send("会签承办", 会签人="处长").sees("已会签")
    at(handler).to("desk-home").sees(LEGAL, "制定实施方案")
    at(district.handler).to("desk-home").sees_not(LEGAL)
    assert at(handler).to("paper-dispatch", now(LEGAL).dispatches.get(unit=housing).pk).sees("交办单", "住建委（主办）")
