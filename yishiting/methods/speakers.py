"""Who speaks next: those heard least first, for and against in turn, then who has used least time.

The order, each rule deciding only among those the rule before leaves equal:
1. fewest speeches on this item (so nobody speaks twice while a first-time speaker waits);
2. the other side of the last speech, then those of no side, then the same side;
3. fewest seconds used by the person, then by all of the person's constituency;
4. who asked first.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from yishiting.methods.errors import Unusable


class Stance(StrEnum):
    """The side a speech takes; a question or a point of order takes none."""

    FOR = "for"
    AGAINST = "against"
    NEITHER = "neither"


_SIDES = {Stance.FOR: "赞成", Stance.AGAINST: "反对", Stance.NEITHER: "不持立场"}
_OTHER = {Stance.FOR: Stance.AGAINST, Stance.AGAINST: Stance.FOR}


@dataclass(frozen=True, slots=True)
class SpeakingRule:
    """From the rules of order: speeches per person and item (None: no limit) and seconds per speech."""

    most_speeches: int | None
    seconds: int


@dataclass(frozen=True, slots=True)
class Request:
    """A raised hand: who, for which constituency ("" for none), on which side; `asked` numbers the requests in time."""

    person: str
    constituency: str
    stance: Stance
    asked: int


@dataclass(frozen=True, slots=True)
class Speech:
    """A speech held on this item, in the order held, with the seconds it took."""

    person: str
    constituency: str
    stance: Stance
    seconds: int


@dataclass(frozen=True, slots=True)
class Turn:
    """A place in the queue and why, in Chinese. `speeches` and `seconds` are what the person has used so far."""

    person: str
    stance: Stance
    speeches: int
    seconds: int
    constituency_seconds: int
    reason: str


@dataclass(frozen=True, slots=True)
class Queue:
    """Everybody waiting in the order of speaking, and those who have used up their speeches."""

    turns: tuple[Turn, ...]
    used_up: tuple[str, ...]
    rule: SpeakingRule

    @property
    def next(self) -> Turn | None:
        """Who has the floor next."""
        return self.turns[0] if self.turns else None

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        turns = [asdict(turn) for turn in self.turns]
        return {"turns": turns, "used_up": list(self.used_up), "rule": asdict(self.rule)}


def queue(requests: Sequence[Request], speeches: Sequence[Speech], rule: SpeakingRule) -> Queue:
    """The order of speaking as it stands now.

    `requests`: at most one per person, in any order; `speeches` in the order held. Only the first place is certain: the
    places after it suppose that each speaker uses the full time. `Unusable`: two requests of one person or with one
    number, negative seconds.
    """
    _check(requests, speeches)
    used = _Used(speeches)
    able = [r for r in requests if rule.most_speeches is None or used.times[r.person] < rule.most_speeches]
    used_up = [r.person for r in sorted(requests, key=lambda r: r.asked) if r not in able]
    turns = []
    while able:
        first = min(able, key=used.claim)
        able.remove(first)
        turns.append(used.turn(first))
        used.add(Speech(first.person, first.constituency, first.stance, rule.seconds))
    return Queue(tuple(turns), tuple(used_up), rule)


class _Used:
    """Speeches and seconds used so far, and the side of the last speech that took one."""

    def __init__(self, speeches: Sequence[Speech]) -> None:
        self.times: Counter[str] = Counter()
        self.person: Counter[str] = Counter()
        self.constituency: Counter[str] = Counter()
        self.last = Stance.NEITHER
        for speech in speeches:
            self.add(speech)

    def add(self, speech: Speech) -> None:
        self.times[speech.person] += 1
        self.person[speech.person] += speech.seconds
        if speech.constituency:
            self.constituency[speech.constituency] += speech.seconds
        if speech.stance is not Stance.NEITHER:
            self.last = speech.stance

    def claim(self, request: Request) -> tuple[int, int, int, int, int]:
        """What orders the queue; the smallest goes first."""
        return (
            self.times[request.person],
            self._side(request.stance),
            self.person[request.person],
            self.constituency[request.constituency],
            request.asked,
        )

    def _side(self, stance: Stance) -> int:
        if self.last is Stance.NEITHER or stance is _OTHER[self.last]:
            return 0
        return 1 if stance is Stance.NEITHER else 2

    def turn(self, request: Request) -> Turn:
        times, person = self.times[request.person], self.person[request.person]
        constituency = self.constituency[request.constituency]
        parts = ["本项尚未发言" if not times else f"本项已发言 {times} 次、{person} 秒", _SIDES[request.stance]]
        if self.last is not Stance.NEITHER and request.stance is _OTHER[self.last]:
            parts[1] += f"，接上一位{_SIDES[self.last]}意见"
        if request.constituency:
            parts.append(f"{request.constituency}已用 {constituency} 秒")
        return Turn(request.person, request.stance, times, person, constituency, "；".join(parts) + "。")


def _check(requests: Sequence[Request], speeches: Sequence[Speech]) -> None:
    people, numbers = Counter(r.person for r in requests), Counter(r.asked for r in requests)
    wrong = [f"{person}有两个发言请求" for person, n in people.items() if n > 1]
    wrong += [f"两个发言请求的序号同为 {number}" for number, n in numbers.items() if n > 1]
    wrong += [f"{speech.person}的发言时长为负" for speech in speeches if speech.seconds < 0]
    if wrong:
        raise Unusable("；".join(wrong) + "。", "The requests or speeches contradict themselves.")
