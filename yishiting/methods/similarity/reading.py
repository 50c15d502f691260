"""What one message says: where, which numbers, which matters. Read once, compared many times."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from yishiting.methods.similarity.normalise import grams, letters, normalise, written
from yishiting.methods.similarity.numerals import arabic
from yishiting.methods.similarity.parts import Parts, parts_in
from yishiting.methods.similarity.place_names import place_names
from yishiting.methods.similarity.rarity import Rarity
from yishiting.methods.similarity.stance import Stance, stance
from yishiting.methods.similarity.words import FILLER, INSTITUTIONS, KIN, MATTERS, SETTINGS, VAGUE

#: Characters of a body that are read: the place and the matter come first, the grievances later.
BODY = 600
MATTER_BODY = 400
#: A title of five hundred characters is a body in the wrong field.
TITLE = 120
#: Where there is no title, the beginning of the body stands for one: slips and calls have none.
HEADING = 40

# Provinces, cities and districts, written out or masked (A市, A3区): too large to say "the same place".
_LARGE = re.compile(
    r"[\u4e00-\u9fff]{2}省|[a-z]\d{0,2}[市县](?![\u4e00-\u9fff]?路)|[a-z]\d{1,2}区(?![\u4e00-\u9fff]?路)"
)
_LEADING = re.compile(
    r"^(?:[\u4e00-\u9fff]{2,3}市)?(?:[\u4e00-\u9fff]{2,3}(?<![小社园片城校地辖郊景新市厂院宅墅矿发])[区县])?"
)
_DISTRICT = re.compile(
    r"[a-z]\d{1,2}[区县]|(?:^|(?<=[市省]))[\u4e00-\u9fff]{2,3}(?<![小社园片城校地辖郊景新市厂院宅墅矿发])[区县]"
)
_UNITS = (
    "号线|号楼|号院|号门|号桥|号|路|期|栋|幢|座|组|班|单元|届|年级|街坊|街|线|国道|中|村|区|楼|层|室|户|年|元|月|日|米|平方米|平米|公里|环|条|岁"
    "|小时|分钟|车道|口|门|站|里|巷|排|馆|级"
)
_NUMBER = re.compile(rf"([甲乙丙丁戊a-z]?-?\d+(?:[-.:/]\d+)*)({_UNITS})?")
_LETTERED = re.compile(r"(?<![a-z])([甲乙丙丁a-z])(座|区|栋|幢|号楼|段|口|馆|门)")
_LINE = re.compile(r"(?:地铁|轨道|轻轨)([\u4e00-\u9fff]{2})线(?![路上下索])")
_LISTED = re.compile(rf"(\d+)[,、和与及至到](?=(?:\d+[,、和与及至到])*\d+({_UNITS}))")
#: Two words for one thing: 3栋 and 3号楼, 平米 and 平方米.
_UNIT = {"栋": "号楼", "幢": "号楼", "平方米": "平米"}
_YEAR = re.compile(r"(?:19|20)\d\d")  # three years are a duration, 2018 is a year
# A name of a place in running text has no left edge: the two characters before its last one are its handle. What
# follows must not make another word of the last one: 城市, 路灯, 街道, 村民, 站牌.
_PLACE = re.compile(
    r"(?=([0-9a-z\u3400-\u9fff]{2}(?:[苑府厦桥湾郡庭巷寺岭洲]|园(?![区林艺])|城(?![市区乡管])|路(?![口灯段面线边标基牌由况上])"
    r"|街(?![道边头上])|村(?![民委里])|镇(?!政)|站(?![点牌台房])|湖(?![南北])|山(?![区上])|院(?![校子])"
    r"|校(?![园区门长外])|场(?![所地])|店(?![铺面])|馆(?!员)|司(?![机法])|局(?![长面]))))"
)
_INSTITUTION = re.compile("|".join(sorted(INSTITUTIONS, key=len, reverse=True)))


@cache
def _lexicon() -> dict[str, tuple[str, ...]]:
    """Every known word → the matters it shows (none for filler)."""
    shown: dict[str, list[str]] = {normalise(word): [] for word in FILLER}
    for matter, words in MATTERS.items():
        for word in words:
            shown.setdefault(normalise(word), []).append(matter)
    return {word: tuple(matters) for word, matters in shown.items()}


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """First character → lengths of the known words that begin with it, longest first."""
    lengths: dict[str, set[int]] = {}
    for word in _lexicon():
        lengths.setdefault(word[0], set()).add(len(word))
    return {first: tuple(sorted(of, reverse=True)) for first, of in lengths.items()}


@cache
def kin_of() -> dict[str, tuple[tuple[str, float], ...]]:
    """Every matter → the matters it may stand for, and how much."""
    related: dict[str, list[tuple[str, float]]] = {matter: [] for matter in MATTERS}
    for one, other, share in KIN:
        related[one].append((other, share))
        related[other].append((one, share))
    return {matter: tuple(pairs) for matter, pairs in related.items()}


@cache
def _first() -> "re.Pattern[str]":
    """The characters known words begin with."""
    return re.compile(f"[{re.escape(''.join(_lengths()))}]")


def _known(text: str) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """Every known word of the text, longest first from the left: (where, word, matters)."""
    lexicon, lengths = _lexicon(), _lengths()
    reached = 0
    for found in _first().finditer(text):
        start = found.start()
        if start < reached:
            continue
        for length in lengths[text[start]]:
            word = text[start : start + length]
            if word in lexicon:
                yield start, word, lexicon[word]
                reached = start + len(word)
                break


def scan(text: str) -> tuple[list[str], Counter[str], Counter[str]]:
    """What remains between the known words, the matters they show, the words that show them."""
    rest: list[str] = []
    matters: Counter[str] = Counter()
    words: Counter[str] = Counter()
    begun = 0
    for start, word, shown in _known(text):
        if begun < start:
            rest.append(text[begun:start])
        begun = start + len(word)
        if shown:
            matters.update(shown)
            words[word] += 1
    if begun < len(text):
        rest.append(text[begun:])
    return rest, matters, words


class Vector(NamedTuple):
    """Weights ≥ 0 by label, and their Euclidean length."""

    weights: dict[str, float]
    length: float


def vector(weights: dict[str, float]) -> Vector:
    """The weights with their length worked out once."""
    return Vector(weights, math.sqrt(sum(weight * weight for weight in weights.values())))


def cosine(one: Vector, other: Vector) -> float:
    """Cosine of two vectors; 0 where either is empty."""
    dot = sum(weight * other.weights[label] for label, weight in one.weights.items() if label in other.weights)
    return dot / (one.length * other.length) if dot else 0.0


def _with_kin(weights: dict[str, float]) -> Vector:
    kin = kin_of()
    spread = dict(weights)
    for matter, weight in weights.items():
        for relative, share in kin[matter]:
            spread[relative] = spread.get(relative, 0.0) + share * weight
    return vector(spread)


@dataclass(frozen=True, slots=True)
class Reading:
    """One message, read: everything a comparison needs, and nothing that grows with the number of messages."""

    title: str  # normalised
    whole: str  # title and the first BODY characters of the body, normalised
    name: str  # what is left of the title without filler, matters and cities
    core: dict[str, float]  # runs of two and three characters of the name without kinds of place → rarity
    core_weight: float
    grams: Vector  # every run of two and three characters of the title → rarity
    places: dict[str, float]  # handles of places in the title → rarity
    numbers: dict[str, frozenset[str]]  # unit → numbers in the title
    all_numbers: frozenset[tuple[str, str]]  # (number, unit) anywhere
    districts: frozenset[str]
    said: frozenset[str]  # the matters that title and body certainly show, without their kin
    main_matters: tuple[str, ...]  # at most three: those of the title, or else those of the body
    matters_of_title: Vector
    matters: Vector
    words: Vector
    identity: int  # equal for the same normalised words throughout, within one process
    parts: Parts  # directions and orders inside the names of the title
    stance: Stance  # what the title wants done and not done
    place: str  # the place of the message as the file or the form says it; "" where it does not


@lru_cache(maxsize=16_384)
def residue(title: str) -> frozenset[str]:
    """The characters of a normalised title that are neither place nor number nor everyday: what it is about, in a way."""
    for name in place_names(title):
        title = title.replace(name, " ")
    rest, _, words = scan(_NUMBER.sub(" ", title))
    return frozenset("".join([*rest, *words])) - frozenset(" 无有没缺少修太不大好老小又要还")


def matters_in(plain: str) -> tuple[Counter[str], Counter[str]]:
    """The matters and matter words of the beginning of a body (`written`)."""
    return _shown(letters(plain[: 2 * MATTER_BODY], " "))


def _shown(spaced: str) -> tuple[Counter[str], Counter[str]]:
    _, matters, words = scan(spaced[:MATTER_BODY])
    return matters, words


def _without_cities(plain: str) -> str:
    return _LARGE.sub(" ", _LEADING.sub("", letters(plain, " ").strip()))


def _numbers(plain: str) -> list[tuple[str, str]]:
    text = _LISTED.sub(r"\1\2 ", _LARGE.sub(" ", plain))
    found = [*_NUMBER.findall(text), *_LETTERED.findall(text), *((name, "号线") for name in _LINE.findall(text))]
    return [(number, _UNIT.get(unit, unit)) for number, unit in found if unit != "年" or _YEAR.fullmatch(number)]


def _by_unit(numbers: list[tuple[str, str]]) -> dict[str, frozenset[str]]:
    units = {unit for _, unit in numbers}
    return {unit: frozenset(number for number, of in numbers if of == unit) for unit in units}


def _core(parts: list[str], weights: dict[str, float]) -> dict[str, float]:
    names = (name for part in parts for name in _INSTITUTION.split(part))
    return {gram: weights[gram] for name in names for gram in grams(name)}


def place_handles(text: str) -> set[str]:
    """The three-character handles of the places a text names; no known words."""
    lexicon = _lexicon()
    handles = {found.group(1) for found in _PLACE.finditer(text)}
    return {handle for handle in handles if handle not in lexicon and handle[1:] not in lexicon}


def _telling(matter: str, rarity: Rarity) -> float:
    return SETTINGS.get(matter, 1.0) * rarity.of_matter(matter)


def _combined(rarity: Rarity, title: Counter[str], body: Counter[str]) -> dict[str, float]:
    labels = title.keys() | body.keys()
    return {label: (2 * min(1, title[label]) + min(2, body[label])) * _telling(label, rarity) for label in labels}


def heading_of(body: str) -> str:
    """The first sentences of a body without a title, up to HEADING characters."""
    return body.strip()[:HEADING]


def identity(title: str, body: str) -> int:
    """Equal for the same normalised words throughout, within one process; 0 where nothing is written."""
    return hash((title, body)) or 1 if title or body else 0


def _main(matters: Counter[str], rarity: Rarity, most: int = 3) -> tuple[str, ...]:
    """The most telling matters first."""
    weight = {matter: min(2, times) * _telling(matter, rarity) for matter, times in matters.items()}
    return tuple(sorted(weight, key=lambda matter: (-weight[matter], matter))[:most])


def read(title: str, body: str, rarity: Rarity, place: str = "") -> Reading:
    """Read one message; weights are those of the texts counted in `rarity` so far."""
    heading, text = written(title[:TITLE] or heading_of(body)), written(body[: 2 * BODY])
    named = _without_cities(heading)
    rest, title_matters, title_words = scan(named)
    spaced = letters(text, " ") if text else ""
    shown, said = _shown(spaced)
    parts = " ".join(rest).split()
    normal, words = letters(heading), arabic(spaced.replace(" ", ""))
    weights = {gram: rarity.of(gram) for gram in grams(normal)}
    core = _core(parts, weights)
    numbers = _numbers(heading)
    short = len(title) <= TITLE and len(body) <= 2 * BODY
    return Reading(
        title=normal,
        whole=normal + " " + words[:BODY],
        name="".join(parts),
        core=core,
        core_weight=sum(core.values()),
        grams=vector(weights),
        places={handle: rarity.of(handle) for handle in place_handles(named)},
        numbers=_by_unit(numbers),
        all_numbers=frozenset(numbers + _numbers(text)),
        districts=frozenset(_DISTRICT.findall(letters(heading, " ").strip())),
        said=_firm(title_words.keys() | said.keys()),
        main_matters=_main(title_matters or shown, rarity),
        matters_of_title=_with_kin({m: _telling(m, rarity) * times for m, times in title_matters.items()}),
        matters=_with_kin(_combined(rarity, title_matters, shown)),
        words=_said(rarity, title_words, said),
        identity=identity(normal, words) if title and short else identity_of(title, body),
        parts=parts_in(normal),
        stance=stance(heading),
        place=place.strip(),
    )


def identity_of(title: str, body: str) -> int:
    """`identity` of a message as written."""
    return identity(letters(written(title)), letters(written(body)))


def _firm(words: Iterable[str]) -> frozenset[str]:
    """The matters that words show by themselves."""
    lexicon = _lexicon()
    return frozenset(matter for word in words if word not in VAGUE for matter in lexicon[word])


def _said(rarity: Rarity, title: Counter[str], body: Counter[str]) -> Vector:
    words = title.keys() | body.keys()
    return vector({word: (3 * min(1, title[word]) + min(2, body[word])) * rarity.of_word(word) for word in words})
