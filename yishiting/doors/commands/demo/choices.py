"""What the representatives of the demo score before the meeting, and what they vote on for next year.

Everything is made up. Marks lean on how the meeting will vote; each judge is a little kinder or stricter than the next.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from yishiting.doors.commands.demo.clock import Calendar, Telling, moment
from yishiting.doors.commands.demo.matters import MATTERS
from yishiting.doors.commands.demo.words import TREE
from yishiting.ground.accounts.models import Person
from yishiting.ground.places.models import Place, ResponsibleLevel
from yishiting.year.budgeting.actions import Offered, cast_ballot, enter_paper, issue_ballot, open_vote
from yishiting.year.budgeting.models import Voter
from yishiting.year.budgeting.queries import register_of
from yishiting.year.budgeting.rules import Bundle
from yishiting.year.proposals.actions import draft_proposal
from yishiting.year.proposals.models import Proposal
from yishiting.year.scoring.actions import close_round, enter_sheet, open_round, publish_round, recuse
from yishiting.year.scoring.models import Judge, Origin, ScoredProposal, ScoreRound
from yishiting.year.scoring.queries import judges_in, scored_in
from yishiting.year.scoring.rules import Line
from yishiting.year.suggestions.models import Suggestion

LOTTERY = "福利彩票3D当期开奖号码"
FUNDED = 5
#: How each of the judges leans, from strict to kind, in half marks.
LEANINGS = (-2, -1, 0, 1, 0, -1, 2, 0, 1, -2, 0, 1)


@dataclass(frozen=True, slots=True)
class NextYear:
    """One proposal for next year, built on what was said in spring, and what it would cost (fen)."""

    matter: str
    title: str
    situation: str
    measures: str
    cost: int


NEXT_YEAR = (
    NextYear(TREE, "修剪8号楼和东门口的杨树", "树枝伸到窗前，挡住摄像头。", "请绿化队修剪两排杨树。", 960_000),
    NextYear("停车", "西门划六个临时停车位", "就医接送没有地方停车。", "划线、立牌，限停一小时，收支按季公布。", 3_800_000),
    NextYear("活动室", "活动室周末开放，添书桌", "孩子周末没有地方看书，上班的人用不上活动室。", "周末请志愿者值班，添八张书桌。", 4_500_000),
    NextYear("桶站", "南门桶站加洗手池和盖板", "桶站夏天味道大，地面湿滑。", "接水、装洗手池和盖板，铺防滑砖。", 2_800_000),
)  # fmt: skip
BUDGET = 8_000_000
#: Neighbours who vote on paper, and what the first bundle holds so far.
NEIGHBOURS = [(f"居民代表{n:02d}", f"{n % 9 + 1}号楼") for n in range(1, 25)]
FIRST_BUNDLE = Bundle.of((((1, 4), 5), ((2, 4), 3), ((3,), 2), ((1, 3), 1)), 1)


def score(
    place: Place, cast: Mapping[str, Person], calendar: Calendar, year: int, proposals: Mapping[str, Proposal]
) -> ScoreRound:
    """The round before the deliberation: mostly on paper, one on the phone, one standing aside; published."""
    liu, wang = cast["liu"], cast["wang"]
    calendar.to(date(year, 3, 16), 15)
    made = open_round(
        place, by=liu, title=f"枣营北里社区{year}年审议前打分", proposals=list(proposals.values()),
        closes=date(year, 3, 18), funded=FUNDED, lot_source=LOTTERY, lot_day=date(year, 3, 19),
        purpose="请先看建议案的文本，再按三项标准打分。与您有直接利害关系的，请回避。",
    )  # fmt: skip
    calendar.to(date(year, 3, 18), 16)
    for judge, leaning in zip(judges_in(made), LEANINGS, strict=False):
        _fill(judge, leaning, scored_in(made), cast)
    calendar.to(date(year, 3, 18), 18)
    close_round(made, by=liu)
    calendar.to(date(year, 3, 19))
    return publish_round(made, by=wang)


def _fill(judge: Judge, leaning: int, scored: Sequence[ScoredProposal], cast: Mapping[str, Person]) -> None:
    """李明 scores on his phone; the others on paper, keyed by two; 安居物业 stands aside on its own work."""
    lines = {str(one.pk): _marks(one, leaning) for one in scored}
    if judge.person_id == cast["liming"].pk:
        enter_sheet(judge, by=cast["liming"], lines=lines, origin=Origin.PHONE)
        return
    if "物业" in judge.representative.name:
        aside = next(one for one in scored if "车棚" in one.label)
        recuse(judge, by=cast["liu"], scored=aside, reason="改造以后由本公司维护。")
        del lines[str(aside.pk)]
    for someone in (cast["liu"], cast["zhou"]):
        enter_sheet(judge, by=someone, lines=lines, origin=Origin.PAPER)


def _marks(one: ScoredProposal, leaning: int) -> Line:
    """In half marks: what the meeting will think of it, a little apart for each criterion, and the judge's leaning."""
    matter = next(matter for matter in MATTERS if matter.title == one.proposal.title)
    base = 8 + matter.votes[0]
    halves = (base + leaning, base + leaning - one.position % 3, base - 2 + leaning + one.position % 2)
    return Line(tuple(f"{max(0, min(20, half)) / 2:g}" for half in halves))


def ask_for_next_year(
    place: Place, cast: Mapping[str, Person], today: date, heard: Mapping[str, list[Suggestion]]
) -> Telling:
    """The vote within next year's money, open today: some have voted, one bundle has been keyed once."""
    liu, year = cast["liu"], today.year + 1
    yield moment(today - timedelta(days=12), 9)
    offered = [Offered(_drafted(place, liu, one, heard[one.matter][0], year), one.cost) for one in NEXT_YEAR]
    yield moment(today - timedelta(days=11), 9)
    vote = open_vote(
        place, by=liu, title=f"枣营北里社区{year}年实事项目预算表决", year=year, budget=BUDGET, offered=offered,
        closes=today + timedelta(days=10), lot_source=LOTTERY, lot_day=today + timedelta(days=11), roll=NEIGHBOURS,
        purpose="明年社区能用的钱大约八万元。请选您认为最要紧的几项，结果供协商会参考。",
    )  # fmt: skip
    yield moment(today - timedelta(days=11), 15)
    register = register_of(vote)
    _on_phones(register, cast.values())
    for one in [one for one in register if one.representative_id is None][: FIRST_BUNDLE.sheets]:
        issue_ballot(one, by=liu)
    enter_paper(vote, by=liu, number=1, bundle=FIRST_BUNDLE)


def _drafted(place: Place, by: Person, one: NextYear, source: Suggestion, year: int) -> Proposal:
    return draft_proposal(
        place, by=by, suggestions=[source], title=one.title, situation=one.situation, measures=one.measures,
        responsible_level=ResponsibleLevel.COMMUNITY, beneficiaries="全体居民", for_year=year,
    )  # fmt: skip


def _on_phones(register: Iterable[Voter], people: Iterable[Person]) -> None:
    """Everyone with an account but 李明, whom the visitor of the demo may be."""
    accounts = {one.pk: one for one in people if one.login != "liming"}
    voting = [(one, accounts[one.person_id]) for one in register if one.person_id in accounts]
    for n, (voter, person) in enumerate(voting):
        cast_ballot(voter, by=person, choices=[(1, 4), (3, 4), (2,)][n % 3])
