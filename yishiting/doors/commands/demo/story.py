"""The year, day by day, through the verbs: one community in full, and beside it its subdistrict and the district."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from yishiting.doors.commands.demo import choices, council, street_year, words
from yishiting.doors.commands.demo.clock import Calendar, Telling, moment
from yishiting.doors.commands.demo.deliberation import deliberate
from yishiting.doors.commands.demo.district import enter_councils as enter_councils_above
from yishiting.doors.commands.demo.district_year import in_the_district
from yishiting.doors.commands.demo.elsewhere import elsewhere
from yishiting.doors.commands.demo.harvest import harvest
from yishiting.doors.commands.demo.matters import MATTERS
from yishiting.doors.commands.demo.neighbour_words import NEIGHBOURHOODS
from yishiting.doors.commands.demo.neighbour_works import rung, works
from yishiting.doors.commands.demo.neighbours import ALL_PASS, Area, enter_councils, let_in, through_spring
from yishiting.doors.commands.demo.opinions import consulted, garden, kept_asking
from yishiting.doors.commands.demo.street import autumn_before
from yishiting.doors.commands.demo.street_plan import november_before
from yishiting.doors.commands.demo.township import in_the_township
from yishiting.doors.commands.demo.works import carried_out
from yishiting.ground.accounts.actors import Visitor
from yishiting.ground.accounts.models import Person
from yishiting.ground.places.models import Place, ResponsibleLevel
from yishiting.ground.seasons.actions import open_special_intake
from yishiting.overview.cycle.actions import run_daily
from yishiting.year.meetings.actions import finish_task
from yishiting.year.meetings.models import MeetingTask
from yishiting.year.proposals.actions import draft_proposal
from yishiting.year.proposals.models import Proposal
from yishiting.year.suggestions.actions import (
    answer_suggestion,
    appeal,
    hold_session,
    merge_suggestions,
    screen_suggestion,
    settle_suggestion,
    submit_suggestion,
    take_down_suggestion,
)
from yishiting.year.suggestions.actions.sessions import Came
from yishiting.year.suggestions.models import SolicitationSession, Suggestion

SESSIONS: tuple[tuple[str, str, int, Came], ...] = (
    ("home_visit", "1至4号楼入户走访", 12, {"resident": 46}),
    ("forum", "新春座谈会", 20, {"resident": 31, "resident_unit": 4, "peoples_deputy": 2}),
    (
        "inquiry_meeting",
        "社区问政会",
        52,
        {"resident": 58, "resident_unit": 6, "peoples_deputy": 3, "migrant_resident": 9},
    ),
)


@dataclass
class Story:
    """The year being lived: its people, its place, its calendar, and what has come about so far."""

    year: int
    today: date
    place: Place
    cast: Mapping[str, Person]
    calendar: Calendar
    area: Area = field(init=False)
    heard: dict[str, list[Suggestion]] = field(default_factory=dict)
    proposals: dict[str, Proposal] = field(default_factory=dict)
    sessions: dict[str, SolicitationSession] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.place.parent is None:
            raise RuntimeError("a community lies in a subdistrict")
        self.area = Area(self.year, self.today, self.place.parent, self.cast, self.calendar)

    def chapters(self) -> Iterator[tuple[str, Callable[[], None]]]:
        """The chapters in order, with their names for the progress bar."""
        yield "街道：大型问政会、打分、实施计划书；社区：推选议事代表", self.elect
        yield "问政季：征集", self.listen
        yield "问政季：初审、合并、分类", self.screen
        yield "问政季：审议", self.deliberate
        yield "解忧季：实事项目，征求意见", self.carry_out
        yield "收获季：评议，明年的预算，今天等着办的事", self.harvest

    def elect(self) -> None:
        """The councils, the autumn before; meanwhile the subdistrict hears, scores and plans, and the district begins."""
        self.calendar.to(date(self.year - 1, 9, 2))
        enter_councils(self.area)
        enter_councils_above(self.area)
        self.calendar.meanwhile(autumn_before(self.area), november_before(self.area), *in_the_district(self.area))
        self.calendar.meanwhile(*street_year.in_its_year(self.area), in_the_township(self.area))
        self.calendar.meanwhile(*works(self.area), rung(self.area))
        council.elect(self.place, self.cast, self.calendar, self.year - 1)

    def listen(self) -> None:
        """Suggestions by every channel, from the first working week to the middle of March."""
        self.calendar.meanwhile(*(through_spring(self.area, here) for here in NEIGHBOURHOODS))
        self.calendar.live(self._sessions(), self._said(), elsewhere(self.year))

    def _sessions(self) -> Telling:
        for channel, title, day, who in SESSIONS:
            on = date(self.year, 1, 1) + timedelta(days=day)
            yield moment(on, 17)
            self.sessions[channel] = hold_session(
                self.place, by=self.cast["liu"], channel=channel, title=title, held_on=on, **who,
                venue="社区活动室", host="王建国",
            )  # fmt: skip

    def _said(self) -> Telling:
        for n, said in enumerate(words.SAID):
            yield moment(date(self.year, 1, 8) + timedelta(days=n * 64 // len(words.SAID)), 9, n)
            self.heard.setdefault(said.matter or said.fate, []).append(self._hear(said, n))

    def _hear(self, said: words.Said, n: int) -> Suggestion:
        if said.channel == "web":
            by = self.cast["lu"] if n % 3 == 0 else Visitor()
            return submit_suggestion(self.place, by=by, text=said.text, where=said.where, phone=f"1391000{n:04d}")
        session, day = self.sessions.get(said.channel), self.calendar.moment.date()
        return take_down_suggestion(
            self.place,
            by=self.cast["liu"],
            channel=said.channel,
            text=said.text,
            where=said.where,
            received_on=session.held_on if session else day,
            phone=f"1392000{n:04d}" if n % 2 else "",
            wants_contact=bool(n % 2),
            read_back=said.channel in {"home_visit", "phone"},
            session=session,
        )

    def screen(self) -> None:
        """Screen, settle, merge, class; one is refused, and appeals."""
        self.calendar.to(date(self.year, 3, 13))
        for said, suggestion in self._each():
            getattr(self, f"_{said.fate}")(said, suggestion)
        for matter, several in self.heard.items():
            if len(several) > 1 and matter not in {"settled", "personal", "more_work"}:
                merge_suggestions(several[0], by=self.cast["liu"], others=several[1:])

    def _each(self) -> Iterator[tuple[words.Said, Suggestion]]:
        counters: dict[str, int] = {}
        for said in words.SAID:
            key = said.matter or said.fate
            n = counters[key] = counters.get(key, -1) + 1
            yield said, self.heard[key][n]

    def _valid(self, said: words.Said, suggestion: Suggestion) -> None:
        let_in(suggestion, self.cast["liu"], said.category, said.level)

    def _settled(self, said: words.Said, suggestion: Suggestion) -> None:
        settle_suggestion(suggestion, by=self.cast["liu"], text="社区师傅当天就去修好了，请您看看。")

    def _personal(self, said: words.Said, suggestion: Suggestion) -> None:
        reason = "这是您个人的事，可以找人民调解委员会或拨打 12345，我们帮您联系。"
        marks = ALL_PASS | {"public_interest": "fail"}
        screen_suggestion(
            suggestion, by=self.cast["liu"], **marks, result="not_admissible", reason=reason, reason_code="personal"
        )

    def _more_work(self, said: words.Said, suggestion: Suggestion) -> None:
        marks = ALL_PASS | {"factual": "more_work"}
        screen_suggestion(
            suggestion,
            by=self.cast["liu"],
            **marks,
            result="more_work",
            reason="请说明饭馆影响了您什么：油烟、噪声，还是占道？",
        )

    def deliberate(self) -> None:
        """Proposals, the meeting, the votes, the minutes; the answers to everyone."""
        self.calendar.to(date(self.year, 3, 16))
        for matter in MATTERS:
            heads = self.heard[matter.matter][:1]
            self.proposals[matter.matter] = draft_proposal(
                self.place, by=self.cast["liu"], suggestions=heads, title=matter.title, situation=matter.situation,
                measures=matter.measures, responsible_level=ResponsibleLevel(matter.level), beneficiaries="本楼和周边居民",
            )  # fmt: skip
        choices.score(self.place, self.cast, self.calendar, self.year, self.proposals)
        deliberate(self.place, self.cast, self.calendar, self.year, self.proposals)
        for matter in MATTERS:
            self._answer(matter.matter, matter.outcome)
        self.area.proposals[words.WATER] = self.proposals[words.WATER]

    def _answer(self, matter: str, outcome: str) -> None:
        says = {
            "adopted": ("planned", "您的建议已由社区议事协商会审议通过，列入今年的计划，进展在公开页面上随时可以看。"),
            "pending": ("explained", "会上意见分歧较大，列为待定，还会继续商量，结果会再告诉您。"),
            "declined": ("not_now", "会上多数代表认为现在条件不成熟，理由已公开。以后条件具备了可以再提。"),
        }[outcome]
        answer_suggestion(self.heard[matter][0], by=self.cast["liu"], kind=says[0], text=says[1])

    def carry_out(self) -> None:
        """The projects, from the plan to acceptance; meanwhile what the meeting put off is put to everybody."""
        self.calendar.meanwhile(*carried_out(self.cast, self.year, self.today, self.proposals))
        self.calendar.live(
            self._rest(),
            consulted(self.place, self.cast, self.year, self.proposals.get(words.NOISE)),
            garden(self.place, self.cast, self.year),
        )

    def _rest(self) -> Telling:
        """What was taken on is done, and whoever was heard in no proposal gets an answer too."""
        yield moment(date(self.year, 4, 8), 16)
        for task in MeetingTask.objects.filter(place=self.place, done_on=None):
            finish_task(task, by=self.cast["liu"])
        for matter, (kind, text) in words.ANSWERED.items():
            answer_suggestion(self.heard[matter][0], by=self.cast["liu"], kind=kind, text=text)

    def harvest(self) -> None:
        """The review meeting, held if its day has passed; the vote on next year's money; what waits for somebody today."""
        self.calendar.live(
            harvest(self.place, self.cast, self.year, self.today, self.proposals),
            choices.ask_for_next_year(self.place, self.cast, self.today, self.heard),
            self._winter(),
            kept_asking(self.place, self.cast, self.today),
        )
        self.calendar.to(self.today - timedelta(days=1), 23)
        run_daily(self.calendar.moment.date())

    def _winter(self) -> Telling:
        first = self.today - timedelta(days=10)
        yield moment(first, 7)
        open_special_intake(
            self.place, by=self.cast["wang"], reason="供暖开始，集中收集供热方面的意见", opens=first,
            closes=self.today + timedelta(days=60),
        )  # fmt: skip
        self.sessions.clear()
        for n, said in enumerate(words.FRESH):
            yield moment(first + timedelta(days=2 * n), 8, 10 * n)
            self._hear(said, 900 + n)
        self._appeal()

    def _appeal(self) -> None:
        one = submit_suggestion(
            self.place, by=self.cast["lu"], text="建议供暖期把活动室的门装上门帘，进出漏风。", where="社区活动室"
        )
        marks = ALL_PASS | {"feasibility": "fail"}
        screen_suggestion(
            one, by=self.cast["liu"], **marks, result="not_admissible", reason="活动室明年整体改造，届时一并解决。",
            reason_code="planned",
        )  # fmt: skip
        appeal(one, by=self.cast["lu"], text="改造还要等一年，门帘只要两百块钱，请再考虑。")
