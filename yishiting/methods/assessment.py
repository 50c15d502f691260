"""The 1,000-point assessment: one rule table, counted figures, weights that always come to a thousand.

A row's own score is `full + slope × (rate − target)`, never below its `floor`, never above `full + bonus`; rates are
percentage points. What does not apply to a unit, or rests on too few cases, gives its weight to the other rows in
proportion. The sum is at most a thousand: a bonus makes good what was lost elsewhere.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from yishiting.methods.errors import Unusable
from yishiting.methods.exact import decimal

THOUSAND = 1000
#: Below so many cases there is no percentage.
FEWEST = 5
#: What measures busyness on a screen and not what people got: no indicator may count it.
BUSYNESS = (
    "点击", "点赞", "登录", "登陆", "访问", "浏览", "阅读量", "转发", "打卡", "签到", "照片", "拍照", "图片", "截图", "在线时长", "在线时间",
    "在线小时", "活跃", "日活", "月活", "粉丝", "关注数", "关注量", "关注人数", "下载量", "下载数", "注册量", "注册数", "注册率", "走访次数", "积分", "上传",
    "发帖", "刷屏", "留痕",
)  # fmt: skip
BUSY_WORDS = re.compile(
    r"\b(?:clicks?|clicked|likes?|liked|log[\s-]?ins?|logged[\s-]?in|logins?|sign[\s-]?ins?|visits?|visitors?|visited"
    r"|page[\s-]?views?|views?|photos?|photographs?|pictures?|screenshots?|online|check[\s-]?ins?|checked[\s-]?in|downloads?"
    r"|followers?|reposts?|shares|active users?|uploads?|points earned)\b"
)


def busyness(words: str) -> str:
    """The word by which an indicator counts clicks, likes, log-ins and the like; empty where it counts none of them."""
    plain = unicodedata.normalize("NFKC", words).casefold()
    close = re.sub(r"[\s\-_.·・]+", "", plain)
    if found := next((word for word in BUSYNESS if word in close), ""):
        return found
    spaced = re.sub(r"[_.]+", " ", plain)
    met = BUSY_WORDS.search(spaced)
    return met[0] if met else ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the rule table. `weight` is its part of the thousand; `veto` the percentage below which a unit fails."""

    code: str
    label: str
    weight: int
    full: Fraction
    target: Fraction
    slope: Fraction
    floor: Fraction
    bonus: Fraction = Fraction(0)
    veto: Fraction | None = None
    fewest: int = FEWEST


@dataclass(frozen=True, slots=True)
class Fact:
    """What one row rests on for one unit: cases that were good of all, or for a checked item its points."""

    good: int = 0
    total: int = 0
    points: Fraction | None = None
    exempt: bool = False


@dataclass(frozen=True, slots=True)
class Scored:
    """One row for one unit: its rate and own score (None where it does not apply), its share, what it brings."""

    code: str
    rate: Fraction | None
    score: Fraction | None
    share: Fraction
    brings: Fraction
    vetoed: bool


@dataclass(frozen=True, slots=True)
class Assessed:
    """One unit: every row, and the sum; None where nothing applies to it."""

    rows: tuple[Scored, ...]
    total: Fraction | None

    @property
    def vetoed(self) -> tuple[str, ...]:
        """The rows by which it fails whatever the sum."""
        return tuple(one.code for one in self.rows if one.vetoed)


def check_table(rows: Sequence[Row]) -> None:
    """`Unusable` with the first thing wrong: weights not a thousand, a row that contradicts itself or counts busyness."""
    for row in rows:
        if word := busyness(row.label):
            raise Unusable(
                f"“{row.label}”按“{word}”考核，不能用：点击、点赞、登录、访问、照片、在线时长、打卡一类的数不说明居民得到了什么。"
                "请换成办成的事或居民的评价。",
                f"{row.label!r} counts {word!r}: no indicator rests on it.",
            )
        if wrong := _wrong(row):
            raise Unusable(f"“{row.label}”：{wrong}", f"{row.label!r} contradicts itself.")
    if len({row.code for row in rows}) != len(rows) or len({row.label for row in rows}) != len(rows):
        raise Unusable("同一个指标写了两次。请合并成一行。", "An indicator stands twice.")
    if (total := sum(row.weight for row in rows)) != THOUSAND:
        raise Unusable(f"权重加起来是 {total}，应为 {THOUSAND}。请调整权重。", f"The weights come to {total}.")


def _wrong(row: Row) -> str:
    hundred = 100
    if row.weight < 1 or row.full <= 0:
        return "权重和满分都要大于 0。"
    if not 0 <= row.floor <= row.full:
        return "保底分应在 0 和满分之间。"
    if row.slope < 0 or row.bonus < 0:
        return "每个百分点的分值和加分不能为负。"
    if not 0 <= row.target <= hundred:
        return "目标应在 0 和 100 之间。"
    if row.veto is not None and not 0 <= row.veto <= row.target:
        return "一票否决线不能高于目标。"
    return f"样本最少 {FEWEST} 件，再少不算百分比。" if row.fewest < FEWEST else ""


def rate_of(row: Row, fact: Fact) -> Fraction | None:
    """The percentage, in points; None where there are too few cases."""
    if not 0 <= fact.good <= fact.total:
        raise Unusable(f"“{row.label}”：{fact.total} 件里有 {fact.good} 件，数字自相矛盾。", "The counts contradict.")
    return Fraction(fact.good * 100, fact.total) if fact.total >= max(row.fewest, 1) else None


def score_of(row: Row, rate: Fraction) -> Fraction:
    """The row's own score at a rate."""
    return min(max(row.full + row.slope * (rate - row.target), row.floor), row.full + row.bonus)


def shares(rows: Iterable[Row], applies: Iterable[str]) -> dict[str, Fraction]:
    """The parts of the thousand, those of rows that do not apply shared out in proportion to the others."""
    kept, known = set(applies), list(rows)
    weight = sum(row.weight for row in known if row.code in kept)
    return {row.code: Fraction(THOUSAND * row.weight, weight) if row.code in kept else Fraction(0) for row in known}


def assess(rows: Sequence[Row], facts: Mapping[str, Fact]) -> Assessed:
    """One unit by the table: each row's rate, score and share, and the sum."""
    own = [(row, *_own(row, facts.get(row.code, Fact()))) for row in rows]
    parts = shares(rows, [row.code for row, _rate, score in own if score is not None])
    scored = tuple(
        Scored(
            row.code,
            rate,
            score,
            parts[row.code],
            Fraction(0) if score is None else parts[row.code] * score / row.full,
            score is not None and rate is not None and row.veto is not None and rate < row.veto,
        )
        for row, rate, score in own
    )
    if all(one.score is None for one in scored):
        return Assessed(scored, None)
    return Assessed(scored, min(sum((one.brings for one in scored), Fraction(0)), Fraction(THOUSAND)))


def _own(row: Row, fact: Fact) -> tuple[Fraction | None, Fraction | None]:
    """Rate and score; what is exempt keeps its rate and has no score."""
    if fact.points is not None:
        if not 0 <= fact.points <= row.full + row.bonus:
            raise Unusable(
                f"“{row.label}”：得分应在 0 和 {decimal(row.full + row.bonus)} 之间。", "Points out of range."
            )
        return None, None if fact.exempt else fact.points
    rate = rate_of(row, fact)
    return rate, None if rate is None or fact.exempt else score_of(row, rate)


def written(number: Fraction | None) -> str:
    """A number of the published table: two places, empty where there is none."""
    return "" if number is None else decimal(number)


def told(assessed: Assessed) -> dict[str, Any]:
    """The result as the published table has it."""
    return {
        "total": written(assessed.total),
        "vetoed": list(assessed.vetoed),
        "rows": {
            one.code: {
                "rate": written(one.rate),
                "score": written(one.score),
                "share": written(one.share),
                "brings": written(one.brings),
            }
            for one in assessed.rows
        },
    }
