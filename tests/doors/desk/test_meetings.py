"""会议 at the desk, run from one screen."""

from datetime import timedelta

from django.urls import reverse

from tests.cast import Cast
from tests.conftest import Clock
from tests.doors.counting import queries_of
from tests.factories import meetings, proposals
from yishiting.instruments.ballots.models import Poll
from yishiting.year.meetings.actions import convene_meeting
from yishiting.year.meetings.models import Meeting, MeetingKind
from yishiting.year.meetings.queries import agenda, members
from yishiting.year.meetings.states import ItemState, State
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.states import State as ProposalState

PLAN = {
    "kind": "deliberation",
    "title": "枣营北里社区2026年审议会",
    "starts_at": "3月20日下午2点",
    "venue": "社区二层会议室",
    "chair": "王建国",
    "recorder": "刘芳",
    "purpose": "",
    "consent": "",
}


def screen(meeting: Meeting) -> str:
    return reverse("desk-meeting", args=[meeting.pk])


def test_the_calendar_offers_what_is_due(cast: Cast, sign_in) -> None:
    page = sign_in(cast.liu).get(reverse("desk-meetings", args=[cast.zaobei.code])).content.decode()
    assert "2026年应开的会议" in page
    assert "可以筹备" in page
    assert "还没到时候" in page
    assert sign_in(cast.qian).get(reverse("desk-meetings", args=[cast.zaobei.code])).status_code == 403


def test_a_meeting_is_planned_with_the_time_as_people_say_it(cast: Cast, sign_in) -> None:
    desk, address = sign_in(cast.liu), reverse("meeting-plan", args=[cast.zaobei.code])
    assert "还没有成立议事协商会" in desk.get(address).content.decode()
    council = meetings.a_council(cast.zaobei)
    address = desk.get(address).url
    assert address == reverse("do", args=["meeting.plan", council.pk])
    desk.post(address, PLAN)
    meeting = Meeting.objects.get()
    assert meeting.starts_at == meetings.BEGINS
    page = desk.post(address, {**PLAN, "starts_at": "3月20日午饭后"})
    assert page.status_code == 422
    assert "看不出是什么时间" in page.content.decode()
    assert "枣营北里社区2026年审议会" in page.content.decode()


def test_an_ad_hoc_meeting_without_consent_is_refused_at_its_field(cast: Cast, sign_in) -> None:
    council = meetings.a_council(cast.zaobei)
    page = sign_in(cast.liu).post(reverse("do", args=["meeting.plan", council.pk]), {**PLAN, "kind": "ad_hoc"})
    assert page.status_code == 422
    assert "临时会议须经社区（村）党组织同意" in page.content.decode()


def test_notice_too_late_says_the_first_possible_day(cast: Cast, sign_in, clock: Clock) -> None:
    meeting, _ = meetings.with_item(cast)
    clock.to(meetings.DAY - timedelta(days=1))
    page = sign_in(cast.wang).post(reverse("do", args=["meeting.convene", meeting.pk]), follow=True).content.decode()
    assert "请把会议改到3月24日（周二）或以后" in page


def test_the_agenda_is_made_and_ordered(cast: Cast, sign_in) -> None:
    meeting, first = meetings.with_item(cast)
    desk = sign_in(cast.liu)
    desk.post(
        reverse("do", args=["item.add", meeting.pk]), {"kind": "report", "title": "去年的事", "text": "办成7件。"}
    )
    second = meeting.items.get(title="去年的事")
    desk.post(reverse("do", args=["item.move", second.pk]), {"position": "1"})
    assert [item.title for item in agenda(meeting)] == ["去年的事", first.title]
    desk.post(reverse("do", args=["item.amend", second.pk]), {"title": "去年办的事", "text": "办成8件。"})
    desk.post(reverse("do", args=["item.remove", first.pk]), {"reason": "材料不齐"})
    assert [item.title for item in agenda(meeting)] == ["去年办的事"]


def test_observers_are_invited_and_taken_off(cast: Cast, sign_in) -> None:
    meeting, _ = meetings.with_item(cast)
    desk = sign_in(cast.liu)
    desk.post(
        reverse("do", args=["meeting.invite", meeting.pk]), {"role": "lawyer", "name": "张律师", "unit": "大成所"}
    )
    page = desk.get(screen(meeting)).content.decode()
    assert "张律师" in page
    desk.post(reverse("do", args=["invitation.withdraw", meeting.invitations.get().pk]))
    assert not meeting.invitations.exists()


def test_those_who_proposed_what_is_tabled_are_invited(cast: Cast, sign_in) -> None:
    mine = proposals.valid(cast, by=cast.lu)
    _, meeting = proposals.tabled(cast, proposals.drafted(cast, suggestions=[mine]))
    desk, address = sign_in(cast.liu), reverse("meeting-invite-proposers", args=[meeting.pk])
    assert "陆桂芳" in desk.get(address).content.decode()
    desk.post(address, {"chosen": [str(mine.pk)]})
    assert meeting.invitations.get().person == cast.lu
    assert "都已经邀请" in desk.get(address, follow=True).content.decode()


def test_a_meeting_is_run_from_one_screen(cast: Cast, sign_in, clock: Clock) -> None:
    proposal, meeting = proposals.tabled(cast)
    wang, liu = sign_in(cast.wang), sign_in(cast.liu)
    wang.post(reverse("do", args=["meeting.convene", meeting.pk]))
    clock.to(meetings.DAY, 14)
    wang, liu = sign_in(cast.wang), sign_in(cast.liu)
    sheet = {f"a_{one.pk}": "present" if n < 10 else "expected" for n, one in enumerate(members(meeting))}
    liu.post(reverse("meeting-attendance", args=[meeting.pk]), sheet)
    assert "应到12人，实到10人，可以开会和表决" in liu.get(screen(meeting)).content.decode()
    wang.post(reverse("do", args=["meeting.open", meeting.pk]))
    item = proposal.agenda_item
    aside = str(members(meeting)[0].pk)
    vote = reverse("item-vote", args=[item.pk])
    assert wang.post(vote, {"method": "show_of_hands", "aside": [aside], "reason": ""}).status_code == 422
    wang.post(vote, {"method": "show_of_hands", "aside": [aside], "reason": "本人住在该楼"})
    poll = Poll.objects.get()
    assert poll.sheet().able == 9
    tally = reverse("desk-tally", args=[poll.pk])
    assert tally in wang.get(screen(meeting)).content.decode()
    for desk in (wang, liu):
        desk.post(tally, {"for": 7, "against": 1, "abstain": 1})
    page = wang.post(reverse("item-decide", args=[item.pk]), follow=True).content.decode()
    assert "枣营北里社区议〔2026〕1号" in page
    assert Proposal.objects.get().state == ProposalState.ADOPTED


def test_minutes_and_tasks_from_the_same_screen(cast: Cast, sign_in, clock: Clock) -> None:
    meeting, item = meetings.opened(cast, clock)
    meetings.voted(cast, item)
    wang, liu = sign_in(cast.wang), sign_in(cast.liu)
    liu.post(reverse("do", args=["task.assign", meeting.pk]), {"what": "量车位", "who": "刘芳", "due": "2026-4-1"})
    page = wang.post(reverse("do", args=["meeting.close", meeting.pk]), follow=True).content.decode()
    assert "纪要草稿已经写好" in page
    meeting.refresh_from_db()
    liu.post(reverse("do", args=["meeting.write_minutes", meeting.pk]), {"minutes": meeting.minutes + "\n记录完毕。"})
    wang.post(reverse("do", args=["meeting.approve_minutes", meeting.pk]))
    wang.post(reverse("do", args=["meeting.publish_minutes", meeting.pk]))
    meeting.refresh_from_db()
    assert (meeting.state, "记录完毕。" in meeting.notice.body) == (State.PUBLISHED, True)
    task = meeting.tasks.get()
    liu.post(reverse("do", args=["task.finish", task.pk]))
    task.refresh_from_db()
    assert task.done_on == meetings.DAY


def test_what_did_not_carry_asks_for_a_reason_on_the_proposal(cast: Cast, sign_in, clock: Clock) -> None:
    proposal, _ = proposals.on_the_floor(cast, clock)
    desk = sign_in(cast.wang)
    item = proposal.agenda_item
    desk.post(reverse("item-vote", args=[item.pk]), {"method": "show_of_hands"})
    poll = Poll.objects.get()
    for someone in (cast.wang, cast.liu):
        sign_in(someone).post(reverse("desk-tally", args=[poll.pk]), {"for": 5, "against": 5, "abstain": 0})
    page = desk.post(reverse("item-decide", args=[item.pk]), follow=True).content.decode()
    assert "请打开建议案，登记为待定或未通过" in page
    desk.post(reverse("do", args=["proposal.decide", proposal.pk]), {"to": "pending", "reason": "车位怎么分有分歧"})
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.PENDING


def test_two_people_with_the_same_screen(cast: Cast, sign_in, clock: Clock) -> None:
    _, item = meetings.opened(cast, clock)
    first = {"method": "show_of_hands", "revision": item.revision}
    sign_in(cast.wang).post(reverse("item-vote", args=[item.pk]), first)
    page = sign_in(cast.liu).post(reverse("item-vote", args=[item.pk]), first)
    assert "已经被别人处理过" in page.content.decode()
    assert Poll.objects.count() == 1


def test_without_a_quorum_the_screen_says_how_many_are_missing(cast: Cast, sign_in, clock: Clock) -> None:
    meeting, _ = meetings.convened(cast)
    clock.to(meetings.DAY, 14)
    meetings.here(cast, meeting, 6)
    page = sign_in(cast.wang).post(reverse("do", args=["meeting.open", meeting.pk]), follow=True).content.decode()
    assert "须到会7人，还差1人" in page
    meeting.refresh_from_db()
    assert meeting.state == State.CONVENED


def test_reports_are_heard_and_items_put_off(cast: Cast, sign_in, clock: Clock) -> None:
    meeting, item = meetings.opened(cast, clock)
    desk = sign_in(cast.liu)
    desk.post(reverse("do", args=["item.add", meeting.pk]), {"kind": "report", "title": "停水"})
    report = meeting.items.get(title="停水")
    desk.post(reverse("do", args=["item.note", report.pk]), {"discussion": "周六停水半天"})
    desk.post(reverse("do", args=["item.take_notes", item.pk]), {"discussion": "有人担心绿地"})
    desk.post(reverse("do", args=["item.put_off", item.pk]), {"reason": "要先量地"})
    assert [one.state for one in agenda(meeting)] == [ItemState.PUT_OFF, ItemState.NOTED]
    assert "周六停水半天" in desk.get(screen(meeting)).content.decode()


def test_changed_postponed_cancelled(cast: Cast, sign_in) -> None:
    meeting, _ = meetings.with_item(cast)
    desk = sign_in(cast.liu)
    desk.post(reverse("do", args=["meeting.amend", meeting.pk]), {**PLAN, "venue": "文体中心"})
    meeting.refresh_from_db()
    assert meeting.venue == "文体中心"
    convene_meeting(meeting, by=cast.wang)
    later = {"starts_at": "3月27日 14:00", "venue": "", "reason": "停电"}
    desk.post(reverse("do", args=["meeting.postpone", meeting.pk]), later)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.day) == (State.PLANNED, meetings.DAY + timedelta(days=7))
    desk.post(reverse("do", args=["meeting.cancel", meeting.pk]), {"reason": "并入下月会议"})
    meeting.refresh_from_db()
    assert meeting.state == State.CANCELLED


def test_the_sheets_to_print(cast: Cast, sign_in) -> None:
    meeting, item = meetings.convened(cast)
    desk = sign_in(cast.liu)
    pack = desk.get(reverse("meeting-pack", args=[meeting.pk])).content.decode()
    for words in (item.title, "改建12个车位。", "议事规则", "每次发言不超过2分钟"):
        assert words in pack
    sheet = desk.get(reverse("meeting-sheet", args=[meeting.pk])).content.decode()
    assert "李明" in sheet
    assert "签名" in sheet


def test_the_supervisor_reads_but_has_no_buttons(cast: Cast, sign_in, clock: Clock) -> None:
    meeting, item = meetings.opened(cast, clock)
    pages = {who: sign_in(who).get(screen(meeting)).content.decode() for who in (cast.wang, cast.zhou)}
    assert all(item.title in page for page in pages.values())
    assert "提请表决" in pages[cast.wang]
    assert "提请表决" not in pages[cast.zhou]


def test_the_list_costs_the_same_for_one_and_for_three(cast: Cast, sign_in) -> None:
    council = meetings.a_council(cast.zaobei)
    meetings.planned(cast, council)
    desk, address = sign_in(cast.liu), reverse("desk-meetings", args=[cast.zaobei.code])
    before = queries_of(desk, address)
    for _ in range(2):
        meetings.planned(cast, council, kind=MeetingKind.AD_HOC, consent="同意")
    assert queries_of(desk, address) == before <= 20


def test_a_screen_with_three_items_costs_what_one_costs(cast: Cast, sign_in, clock: Clock) -> None:
    meeting, _ = meetings.opened(cast, clock)
    desk = sign_in(cast.liu)
    before = queries_of(desk, screen(meeting))
    for n in range(2):
        desk.post(reverse("do", args=["item.add", meeting.pk]), {"kind": "report", "title": f"第{n}件"})
    assert meeting.items.count() == 3
    assert queries_of(desk, screen(meeting)) == before <= 20
