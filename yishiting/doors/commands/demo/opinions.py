"""What everybody is asked in the demo: the matter the meeting put off, statement by statement; and questionnaires.

Everything is made up. The answers follow three camps, each with its own leaning, and now and then somebody differs.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from yishiting.doors.commands.demo.clock import Telling, moment
from yishiting.ground.accounts.actors import Visitor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.models import BaseRecord
from yishiting.ground.places.models import Place
from yishiting.year.consultations.actions import (
    answer_questionnaire,
    answer_statement,
    close_consultation,
    close_questionnaire,
    draft_consultation,
    draft_questionnaire,
    moderate_statement,
    open_consultation,
    open_questionnaire,
    propose_statement,
    publish_consultation,
    publish_questionnaire,
    seed_statement,
    set_questions,
)
from yishiting.year.consultations.models import Consultation, Origin, Questionnaire

DANCING = (
    "晚上九点以后音箱要关掉",
    "音量要有个数，比如不超过60分贝",
    "夏天天热，可以跳到九点半",
    "小广场白天也应该能跳",
    "最好搬到东门外的空地去跳",
    "跳舞的人轮流值日，专门管音量",
    "戴无线耳机跳，就不吵别人了",
    "跳舞对老人身体好，应该支持",
    "孩子考试那几天停跳",
    "音箱由物业统一保管、按时收走",
    "怕吵的人家自己装隔音窗就行",
    "小广场先让给带孩子的，舞队往边上挪",
)
ADDED = (
    ("周末可以晚半小时结束", ""),
    ("在广场边装一块分贝牌，大家都看得见", ""),
    ("3号楼那位大姐的音箱最响，先说她", "点了具体的人，请只说事情"),
)


@dataclass(frozen=True, slots=True)
class Camp:
    """People who lean alike: + agree, - disagree, 0 cannot say, one sign for each statement."""

    people: int
    leans: str


CAMPS = (
    Camp(16, "++++-+-++-0-++"),
    Camp(14, "++--+++0++-0-+"),
    Camp(10, "++-00++++0-+++"),
)
SIGNS = {"+": 1, "-": -1, "0": 0}
FULL, SOME, FEW = 99, 9, 4

GARDEN = (
    {
        "key": "q1",
        "kind": "single",
        "text": "您住在哪一片",
        "options": ["1至4号楼", "5至8号楼", "9号楼以北"],
        "required": True,
    },
    {
        "key": "q2",
        "kind": "several",
        "text": "小花园最该添什么",
        "options": ["长椅", "路灯", "健身器材", "儿童沙坑", "花木"],
    },
    {"key": "q3", "kind": "rating", "text": "您对小花园现在的样子满意吗"},
    {"key": "q4", "kind": "text", "text": "还有什么想说的"},
)
WORDS = (
    "石凳太凉，想要木头的。",
    "蚊子多，水池边能不能常打扫。",
    "晚上有人遛狗不拴绳，怕碰着孩子。",
    "轮椅进小花园要绕一大圈，坡道太远。",
)
ROOM = (
    {
        "key": "q1",
        "kind": "single",
        "text": "活动室晚上开到几点合适",
        "options": ["八点", "九点", "十点"],
        "required": True,
    },
    {"key": "q2", "kind": "text", "text": "您最想在活动室做什么"},
)
CHARGING = (
    "电动车一律不许进电梯",
    "车棚充电口不够，应该再加",
    "充电收费要比家里便宜",
    "飞线充电的，先提醒再处理",
    "外卖员的车也可以用车棚",
)
ASKED = ("车棚晚上要有人看", "充满了自动断电")

#: So many answer about the garden.
ANSWERS = 38
Cast = Mapping[str, Person]


def consulted(place: Place, cast: Cast, year: int, subject: BaseRecord | None = None) -> Telling:
    """After the meeting that put the dancing off: everybody is asked, the map is published."""
    first, last = date(year, 4, 1), date(year, 4, 15)
    yield moment(first, 9)
    made = draft_consultation(
        place, by=cast["liu"], title="小广场跳舞的时间和音量", opens=first, closes=last, subject=subject,
        question="协商会上对小广场跳舞的时间和音量意见不一，列为待定。请您对下面的看法逐条表态，结果带回会上再商量。",
    )  # fmt: skip
    _open(made, cast, DANCING)
    _add(made, cast)
    yield moment(first + timedelta(days=3), 19)
    _everybody(made, CAMPS)
    yield moment(last + timedelta(days=1), 9)
    close_consultation(made, by=cast["liu"])
    yield moment(last + timedelta(days=5), 9)
    publish_consultation(made, by=cast["wang"])


def kept_asking(place: Place, cast: Cast, today: date) -> Telling:
    """What is open today: a consultation with views that wait for moderation, and a short questionnaire."""
    first, last = today - timedelta(days=6), today + timedelta(days=14)
    yield moment(first, 9)
    made = draft_consultation(
        place, by=cast["liu"], title="电动车怎么停、怎么充", opens=first, closes=last,
        question="充电车棚用起来以后，怎么停、怎么充、怎么收费，请您对下面的看法逐条表态。",
    )  # fmt: skip
    _open(made, cast, CHARGING)
    yield moment(first + timedelta(days=2), 20)
    _everybody(made, (Camp(9, "++0+-"), Camp(4, "-++0+")))
    for n, text in enumerate(ASKED):
        propose_statement(made, by=Visitor(), text=text, token=_token(made, n))
    short = _asked(place, cast, "活动室晚上开到几点", ROOM, first, last)
    for n in range(7):
        answer_questionnaire(short, by=Visitor(), answers={"q1": ("九点", "八点", "九点", "十点")[n % 4]})


def _open(made: Consultation, cast: Cast, seeds: Iterable[str]) -> None:
    for text in seeds:
        seed_statement(made, by=cast["liu"], text=text)
    open_consultation(made, by=cast["wang"])


def _add(made: Consultation, cast: Cast) -> None:
    for n, (text, reason) in enumerate(ADDED):
        by = cast["lu"] if n == 0 else Visitor()
        added = propose_statement(made, by=by, text=text, token=_token(made, n))
        moderate_statement(added, by=cast["liu"], shown=not reason, reason=reason)


def _everybody(made: Consultation, camps: Iterable[Camp]) -> None:
    shown = list(made.statements.filter(state="shown").order_by("number"))
    everybody = [camp for camp in camps for _one in range(camp.people)]
    for n, camp in enumerate(everybody):
        most = FEW if (n + 1) % 15 == 0 else SOME if (n + 1) % 6 == 0 else FULL
        for at, statement in enumerate(shown[:most]):
            answer_statement(statement, by=Visitor(), choice=_choice(camp.leans[at], n, at), token=_token(made, n))


def _choice(lean: str, person: int, at: int) -> int:
    """The leaning of the camp; about one answer in thirteen is the other way, one in seventeen is a pass."""
    if (person * 3 + at * 11) % 17 == 0:
        return 0
    return -SIGNS[lean] if (person * 7 + at * 5) % 13 == 0 else SIGNS[lean]


def _token(made: Consultation, person: int) -> str:
    return f"demo-{made.pk}-{person}"


def _asked(
    place: Place, cast: Cast, title: str, questions: Iterable[Mapping[str, object]], opens: date, closes: date
) -> Questionnaire:
    made = draft_questionnaire(
        place, by=cast["liu"], title=title, intro="请花一两分钟说说您的想法，结果会公布。", opens=opens, closes=closes
    )  # fmt: skip
    set_questions(made, by=cast["liu"], questions=list(questions))
    return open_questionnaire(made, by=cast["wang"])


def garden(place: Place, cast: Cast, year: int) -> Telling:
    """A questionnaire about the small garden, on paper and on the telephone; closed and published."""
    first = date(year, 4, 21)
    yield moment(first, 9)
    made = _asked(place, cast, "小花园怎么改", GARDEN, first, first + timedelta(days=14))
    wants = GARDEN[1]["options"]
    for n in range(ANSWERS):
        yield moment(first + timedelta(days=n * 14 // ANSWERS), 10, n)
        answers = {
            "q1": ("1至4号楼", "5至8号楼", "1至4号楼", "9号楼以北")[n % 4],
            "q2": [wants[k] for k in range(len(wants)) if (n * 5 + k * k * 3) % 7 <= (k + 1) % 4],
            "q3": "3423543124"[n % 10],
            "q4": WORDS[n // 9] if n % 9 == 0 and n // 9 < len(WORDS) else "",
        }
        paper = n % 5 == 0
        by: Person | Visitor = cast["liu"] if paper else Visitor()
        answer_questionnaire(made, by=by, answers=answers, origin=Origin.PAPER if paper else Origin.WEB)
    yield moment(first + timedelta(days=15), 9)
    close_questionnaire(made, by=cast["liu"])
    yield moment(first + timedelta(days=16), 9)
    publish_questionnaire(made, by=cast["wang"])
