"""The papers that leave the desk: filled from the records, blank where a pen is wanted, led to from where they are needed."""

from django.urls import reverse
from django.utils.html import strip_tags

from tests.cast import Cast
from tests.factories import councils, meetings, projects, proposals
from tests.factories.evaluation import review_meeting
from tests.factories.suggestions import a_suggestion, a_valid_one
from yishiting.ground.places.models import Kind, Place
from yishiting.ground.places.organs import assembly_of, office_of
from yishiting.year.meetings.actions import convene_meeting, invite
from yishiting.year.meetings.models import Role
from yishiting.year.meetings.queries import agenda


def printed(browser, page: str, name: str, *key: object, query: str = "") -> str:
    """The paper, which the page leads to."""
    address = reverse(name, args=key) + query
    assert address in browser.get(page).content.decode(), f"{page} does not lead to {address}"
    answer = browser.get(address)
    assert answer.status_code == 200
    return " ".join(strip_tags(answer.content.decode()).split())


def test_the_blank_slip_asks_in_the_order_of_the_entry_form(cast: Cast, sign_in) -> None:
    desk = sign_in(cast.liu)
    page = reverse("desk-slips", args=[cast.zaobei.code])
    words = printed(desk, page, "paper-slip", cast.zaobei.code)
    asked = ["您想说什么", "在哪里", "怎么称呼您", "联系电话", "门牌", "公开时", "渠道", "收到日期", "已向本人读回"]
    assert sorted(asked, key=words.index) == asked
    assert "枣营北里社区" in words
    assert (
        reverse("paper-slip", args=[cast.zaobei.code])
        in desk.get(reverse("desk-sessions", args=[cast.zaobei.code])).content.decode()
    )


def test_the_satisfaction_ballot_names_the_works_and_nobody_else(cast: Cast, sign_in, clock) -> None:
    meeting, review = review_meeting(cast, clock)
    desk = sign_in(cast.wang)
    for page in (reverse("desk-reviews", args=[meeting.pk]), reverse("desk-meeting", args=[meeting.pk])):
        words = printed(desk, page, "paper-satisfaction", meeting.pk)
    for part in (review.project.title, "满意", "基本满意", "不满意", "枣营北里社区议事协商会"):
        assert part in words
    assert "签名" not in words
    assert "<svg" not in desk.get(reverse("paper-satisfaction", args=[meeting.pk])).content.decode()


def test_plan_and_acceptance_sheet_are_filled_from_the_records(cast: Cast, sign_in, clock) -> None:
    project = projects.underway(cast, clock)
    desk, page = sign_in(cast.liu), reverse("desk-project", args=[project.pk])
    plan = printed(desk, page, "paper-plan", project.pk)
    for part in (project.number, project.completion_standard, "马师傅（联系施工）", "安居物业", "主办单位意见"):
        assert part in plan
    sheet = printed(desk, page, "paper-acceptance", project.pk)
    for part in (project.completion_standard, "第1次验收", "□ 达到", "李明", "枣营北里社区居民委员会"):
        assert part in sheet


def test_members_are_called_by_the_council_and_guests_get_a_letter(cast: Cast, sign_in) -> None:
    meeting, _item = meetings.with_item(cast)
    guest = invite(meeting, by=cast.liu, role=Role.OBSERVER, name="周律师", unit="正和律师事务所")
    desk, page = sign_in(cast.liu), reverse("desk-meeting", args=[meeting.pk])
    notice = printed(desk, page, "paper-notice", meeting.pk)
    for part in ("各位议事代表：", meeting.venue, agenda(meeting)[0].title, "枣营北里社区议事协商会"):
        assert part in notice
    letter = printed(desk, page, "paper-notice", meeting.pk, query=f"?guest={guest.pk}")
    assert "正和律师事务所周律师：" in letter
    assert "不参加表决" in letter


def test_who_must_be_rung_is_on_a_list(cast: Cast, sign_in) -> None:
    meeting, _item = meetings.with_item(cast)
    desk, page = sign_in(cast.liu), reverse("desk-meeting", args=[meeting.pk])
    assert "系统没有通知到" not in printed(desk, page, "paper-told", meeting.pk), "nobody has been told yet"
    convene_meeting(meeting, by=cast.wang)
    words = printed(desk, page, "paper-told", meeting.pk)
    assert words.count("已发") == 1
    assert "其中11人系统没有通知到" in words


def test_a_proposal_a_resolution_and_a_screening_are_papers(cast: Cast, sign_in, clock) -> None:
    one = a_valid_one(cast, name="陆桂芳")
    desk = sign_in(cast.liu)
    form = printed(desk, reverse("desk-suggestion", args=[one.pk]), "paper-screening", one.pk)
    for part in (one.text, "客观性", "符合", "枣营北里社区居民委员会"):
        assert part in form
    assert "陆桂芳" not in form
    fresh = a_suggestion(cast, phone="13900000022")
    assert "□ 符合　□ 不符合　□ 待核实" in desk.get(reverse("paper-screening", args=[fresh.pk])).content.decode()
    proposal = proposals.drafted(cast)
    text = printed(desk, reverse("desk-proposal", args=[proposal.pk]), "paper-proposal", proposal.pk)
    for part in (proposal.number, proposal.title, proposal.measures):
        assert part in text


def test_the_blank_nomination_form_offers_the_units(cast: Cast, sign_in) -> None:
    term = councils.a_nominating_term(cast)
    page = reverse("desk-candidates", args=[term.pk])
    words = printed(sign_in(cast.liu), page, "paper-nomination", term.pk)
    assert all(one.name in words for one in term.constituencies.all())
    assert "本人签名和日期" in words
    assert "随在任一届登记" not in words  # nobody is nominated that way


def test_others_print_nothing(cast: Cast, sign_in) -> None:
    meeting = meetings.planned(cast)
    for name in ("paper-notice", "paper-told", "paper-satisfaction"):
        assert sign_in(cast.qian).get(reverse(name, args=[meeting.pk])).status_code == 403
    assert sign_in(cast.lu).get(reverse("paper-slip", args=[cast.zaobei.code])).status_code == 403


def test_bodies_are_called_by_their_kind() -> None:
    names = {
        Kind.VILLAGE: ("高碑店村", "高碑店村村民委员会", "村民代表会议"),
        Kind.COMMUNITY: ("枣营北里社区", "枣营北里社区居民委员会", "居民代表会议"),
        Kind.SUBDISTRICT: ("麦子店街道", "麦子店街道办事处", "居民代表会议"),
        Kind.TOWNSHIP: ("高碑店地区", "高碑店地区办事处", "居民代表会议"),
    }
    for kind, (name, office, assembly) in names.items():
        place = Place(name=name, kind=kind)
        assert (office_of(place, None), assembly_of(place, None)) == (office, assembly)
