"""麦子店街道 before the year: the great hearing, what is joined, who answers for it, the marks, the plan, the list."""

from collections.abc import Sequence
from datetime import date, timedelta

from yishiting.doors.commands.demo.clock import Telling, moment
from yishiting.doors.commands.demo.neighbour_words import CROSSING, NANLI, SHARED, SHUTTLE, XIAGUANG
from yishiting.doors.commands.demo.neighbours import Area, let_in
from yishiting.doors.commands.demo.pictures import photo
from yishiting.doors.commands.demo.street_words import (
    ANSWER,
    FIRST_LIST,
    HEARD,
    LIGHTS,
    QUESTION,
    WORKS,
    ForDistrict,
    Work,
)
from yishiting.ground.places.models import Place, ResponsibleLevel
from yishiting.year.directors.actions import (
    add_topic,
    begin_sitting,
    call_sitting,
    conclude,
    draft_report,
    issue_minutes,
    list_matters,
    name_leaders,
    publish_report,
    put_down,
    receive_list,
    send_list,
)
from yishiting.year.directors.models import NeedsReport, Sitting, Topic
from yishiting.year.directors.queries import (
    for_the_district,
    not_before_the_directors,
    reported_and_not_named,
    undecided,
)
from yishiting.year.hearings.actions import announce_hearing, answer_speech, hold_hearing, note_speech, publish_hearing
from yishiting.year.hearings.models import Hearing, SpeechKind
from yishiting.year.proposals.actions import draft_proposal
from yishiting.year.suggestions.actions import (
    answer_suggestion,
    merge_suggestions,
    submit_suggestion,
    take_down_suggestion,
    unmerge_suggestion,
)
from yishiting.year.visits.actions import ask_proposers, hear_proposer, note_reply, note_visit
from yishiting.year.visits.models import Stance


def autumn_before(area: Area) -> Telling:
    """From the hearing in September to the lists and plans of December, a year before."""
    hearing_on = date(area.year - 1, 9, 23)
    yield moment(date(area.year - 1, 9, 9))
    hearing = announce_hearing(
        area.street, by=area.cast["zhao"], title=f"麦子店街道{area.year - 1}年大型问政会",
        about="明年为民办哪些实事，哪些事要请区里解决", starts_at=moment(hearing_on, 14), venue="街道文化中心一层",
        resident=60, peoples_deputy=4, resident_unit=6,
    )  # fmt: skip
    yield moment(date(area.year - 1, 9, 15))
    _said_at_home(area)
    yield moment(hearing_on, 18)
    _heard(area, hearing)
    yield moment(date(area.year - 1, 9, 29))
    _screened(area)
    yield from _named(area, date(area.year - 1, 10, 14))
    yield moment(date(area.year - 1, 10, 15))
    unmerge_suggestion(
        area.said[SHUTTLE][1], by=area.cast["zhao"], reason="一个要去医院，一个要去超市，线路不同，分开办理。"
    )
    for one, login in zip(area.said[SHUTTLE], ("hemiao", "tian"), strict=True):
        one.refresh_from_db()
        answer_suggestion(
            one,
            by=area.cast[login],
            kind="explained",
            text="班车要由公交企业开，街道已经转告，开通以前志愿者每周三接送一趟。",
        )
    _drafted(area)
    yield moment(date(area.year - 1, 10, 16))
    _visited(area)


def _said_at_home(area: Area) -> None:
    """Two communities say the same of a crossing, and nearly the same of a bus."""
    for key, texts in SHARED.items():
        first, second = Place.objects.get(code=NANLI.code), Place.objects.get(code=XIAGUANG.code)
        lu, tian = area.cast["lu"], area.cast["tian"]
        one = submit_suggestion(first, by=lu, text=texts[0], where="农展馆南路东口", phone="13800000001")
        other = take_down_suggestion(
            second, by=tian, channel="phone", text=texts[1], where="农展馆南路东口", phone="13921120001"
        )
        area.said[key] = [one, other]


def _heard(area: Area, hearing: Hearing) -> None:
    zhao = area.cast["zhao"]
    hold_hearing(hearing, by=zhao, host="何静", resident=52, peoples_deputy=3, resident_unit=5)
    for n, one in enumerate(HEARD):
        kind = SpeechKind.PROJECT if isinstance(one, Work) else SpeechKind.OPINION
        spoken = note_speech(
            hearing, by=zhao, kind=kind, speaker="resident", text=one.text, where=one.where, phone=f"139301000{n:02d}"
        )
        if spoken.suggestion is None:
            raise RuntimeError("an opinion is taken in as a suggestion")
        area.said[one.key] = [spoken.suggestion]
    section = area.section("民生保障科")
    asked = note_speech(
        hearing, by=zhao, kind=SpeechKind.QUESTION, speaker="peoples_deputy", text=QUESTION, asked_of=section
    )
    answer_speech(asked, by=area.cast["wujun"], answer=ANSWER)
    publish_hearing(
        hearing, by=zhao, record="街道通报了上一年实事项目的进展，居民代表和驻区单位依次发言，共提出十一件事。"
    )


def _screened(area: Area) -> None:
    zhao = area.cast["zhao"]
    for one in HEARD:
        level = "subdistrict" if isinstance(one, Work) else "district"
        let_in(area.said[one.key][0], zhao, one.category, level)
    for key, level in ((CROSSING, "district"), (SHUTTLE, "subdistrict")):
        first, other = area.said[key]
        let_in(first, area.cast["hemiao"], "出行/公交和无障碍", level)
        let_in(other, area.cast["tian"], "出行/公交和无障碍", level)
        first.refresh_from_db()
        merge_suggestions(first, by=zhao, others=[other])


def sitting_called(area: Area, day: date) -> Sitting:
    """A sitting of the directors, with everything on its agenda that nobody answers for yet."""
    sitting = call_sitting(area.street, by=area.cast["zhao"], held_on=day, venue="三层会议室")
    suggestions = list(not_before_the_directors(area.street))
    proposals = list(reported_and_not_named(area.street))
    if suggestions or proposals:
        put_down(sitting, by=area.cast["zhao"], suggestions=suggestions, proposals=proposals)
    return sitting


def sitting_begun(area: Area, sitting: Sitting) -> None:
    """The heads sit down, and name who answers for what stands on the agenda."""
    cast = area.cast
    there = [cast[one] for one in ("gao", "liqiang", "zhao", "wujun")]
    begin_sitting(sitting, by=cast["zhao"], chaired_by=cast["hejing"], present=there)
    items = list(undecided(sitting, Topic.LEADERS))
    roads = [one for one in items if not _of_livelihood(one.title)]
    for some, name in ((roads, "城市管理科"), ([one for one in items if one not in roads], "民生保障科")):
        section = area.section(name)
        if some:
            name_leaders(sitting, by=cast["zhao"], items=some, responsible=cast["liqiang"], section=section)


def _of_livelihood(title: str) -> bool:
    return any(word in title for word in ("老人", "养老", "买菜", "助餐", "班车"))


def _named(area: Area, day: date) -> Telling:
    yield moment(day - timedelta(days=4))
    sitting = sitting_called(area, day)
    add_topic(sitting, by=area.cast["zhao"], title="研究明年实事项目的经费盘子")
    yield moment(day, 9)
    sitting_begun(area, sitting)
    item = undecided(sitting, Topic.OTHER).get()
    conclude(sitting, by=area.cast["zhao"], item=item, decision="明年安排八百万元，按实施计划书使用。")
    yield moment(day, 17)
    issue_minutes(sitting, by=area.cast["hejing"])


def drafted_for_the_district(area: Area, rows: Sequence[ForDistrict]) -> None:
    """What the subdistrict cannot do becomes proposals of its own, for the list."""
    for one in rows:
        area.said[one.key][0].refresh_from_db()
        area.proposals[one.key] = draft_proposal(
            area.street, by=area.cast["zhao"], suggestions=area.said[one.key][:1], title=one.title, situation=one.text,
            measures=one.measures, responsible_level=ResponsibleLevel.DISTRICT, beneficiaries="麦子店街道居民",
        )  # fmt: skip
        answer_suggestion(
            area.said[one.key][0], by=area.cast["zhao"], kind="planned", text="这件事要请区里解决，已写入报区清单。"
        )


def _drafted(area: Area) -> None:
    for one in WORKS:
        area.said[one.key][0].refresh_from_db()
        area.proposals[one.key] = draft_proposal(
            area.street, by=area.cast["zhao"], suggestions=area.said[one.key], title=one.title, situation=one.text,
            measures=one.measures, responsible_level=ResponsibleLevel.SUBDISTRICT, beneficiaries="周边社区居民",
        )  # fmt: skip
    crossing = ForDistrict(
        LIGHTS, SHARED[CROSSING][0], "", "农展馆南路东口装信号灯、划过街线", "装行人信号灯，划过街线，装无障碍提示音。"
    )
    area.said[LIGHTS] = area.said[CROSSING]
    drafted_for_the_district(area, (crossing, *FIRST_LIST))


def _visited(area: Area) -> None:
    """The works are looked at on the spot, those who proposed them heard, then asked about the draft."""
    zhao, day = area.cast["zhao"], area.calendar_day()
    for n, one in enumerate(WORKS):
        proposal, said = area.proposals[one.key], area.said[one.key][0]
        if n == 0:
            note_visit(
                proposal, by=zhao, visited_on=day, people="副主任李强，城市管理科赵立，提出人1位，社区书记宋玉梅",
                found="便道破损一百二十处，最深的坑七厘米。", agreed="坡道由两处改为三处。", photos=[photo("broken")],
            )  # fmt: skip
        hear_proposer(proposal, by=zhao, suggestion=said, words="早点办，别占盲道。", replied_on=day)
        draft = ask_proposers(proposal, by=zhao)
        stance, words = (Stance.AGREES, "") if n else (Stance.CONDITIONAL, "施工的时候留一条能走的路。")
        note_reply(draft, by=zhao, suggestion=said, stance=stance, words=words, replied_on=day)


def report_with_list(area: Area, year: int, words: str) -> NeedsReport:
    """The report on needs of a year, with everything on its list that is the district's duty."""
    report = draft_report(area.street, by=area.cast["zhao"], year=year, words=words)
    matters = list(for_the_district(area.street))
    return list_matters(report, by=area.cast["zhao"], proposals=matters, advice="请区里统筹，街道配合做好居民工作。")


def list_sent(area: Area, report: NeedsReport, sent: date, received: date) -> Telling:
    """The list goes up and is received by the committee of the line; the report is public."""
    yield moment(sent)
    send_list(report, by=area.cast["hejing"])
    publish_report(report, by=area.cast["hejing"])
    yield moment(received)
    receive_list(report, by=area.cast["mei"])
