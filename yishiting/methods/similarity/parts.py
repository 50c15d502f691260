"""What tells neighbouring places of one name apart: 团结湖北里 and 南里, 望京花园东区 and 西区, 经海三路 and 四路, 大羊坊 and 小羊坊.

A part is a character of direction, order or size inside a name. It is kept under what stands around it, so that two
messages that name the same surroundings with different parts are seen to speak of different places. No name of a place
is known here.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

DIRECTIONS = "东西南北"
#: Parts of names only where a kind of place follows: elsewhere they are words (车内, 上车, 大风).
OTHERS = "中前后上下内外左右大小新老花家甲乙丙丁一二三四五六七八九十"
#: Kinds of place that are told apart by a part, and what must not follow them (路灯, 街道, 里面).
KIND = (
    r"(?:里(?![面头边外程的])|区(?![域别县])|街坊|胡同|大街|街(?![道坊头])|路(?![口灯段面线边标基牌由况上])|条|巷|村(?![民委])"
    r"|苑|园(?![区林])|庄|院(?![校子内里])|家园|社区|小区|桥(?![下上])|站(?![点牌台房])|坊|营|屯|店(?![铺面员])|亭|府|号院)"
)
_HAN = r"[\u4e00-\u9fff\d]"
_BEFORE_KIND = re.compile(rf"(?=({_HAN})([{DIRECTIONS}{OTHERS}]{{1,2}}|)({KIND}))")
_DIRECTED = re.compile(rf"(?=({_HAN})([{DIRECTIONS}])({_HAN}))")
_LEADING = re.compile(rf"(?=([{DIRECTIONS}])({_HAN}{_HAN})|([大小新老])({_HAN}[坊庄营村屯店亭房桥基井庙寺洼湾坝门]))")

#: Surroundings → the parts found in them, each with the words it was found in.
Parts = Mapping[tuple[str, str, str], Mapping[str, str]]


class Named(NamedTuple):
    """A part of a name, and the words around it as they stand in the message."""

    part: str
    words: str


def parts_in(text: str) -> Parts:
    """The parts of names in a text, by what stands around them."""
    found: dict[tuple[str, str, str], dict[str, str]] = {}
    for left, part, kind in _BEFORE_KIND.findall(text):
        found.setdefault(("kind", left, kind), {})[part] = left + part + kind
    for left, part, right in _DIRECTED.findall(text):
        found.setdefault(("between", left, right), {})[part] = left + part + right
    for part, rest, size, named in _LEADING.findall(text):
        found.setdefault(("leading", "", rest or named), {})[part or size] = (part or size) + (rest or named)
    return found


def apart(one: Parts, other: Parts, one_whole: str, other_whole: str) -> tuple[Named, Named] | None:
    """The words in which two messages name different parts of one name, neither of which the other also mentions."""
    for around in sorted(one.keys() & other.keys()) if one and other else ():
        ours, theirs = one[around], other[around]
        if ours.keys() & theirs.keys():
            continue
        if any(words in other_whole for words in ours.values()) or any(words in one_whole for words in theirs.values()):
            continue
        return Named(*min(ours.items())), Named(*min(theirs.items()))
    return None
