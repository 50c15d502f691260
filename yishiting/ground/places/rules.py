"""What a line of the national statistics becomes; and whose duty a place may take on itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import takewhile

COMMITTEE_ENDINGS = ("居民委员会", "村民委员会", "居委会", "村委会")
VILLAGE_ENDINGS = ("村民委员会", "村委会")
KIND_ENDINGS = ("街道办事处", "街道", "地区", "社区", "村")


@dataclass(frozen=True, slots=True)
class Division:
    """One place as the tables give it."""

    code: str
    name: str
    short_name: str
    level: str
    kind: str
    line: str
    parent_code: str


def street(row: Mapping[str, str], district_code: str) -> Division:
    """A subdistrict (街道) on the urban line, or a township (地区) on the rural one."""
    rural = not row["name"].endswith("街道")
    return Division(
        code=row["code"],
        name=row["name"],
        short_name=_without(row["name"], KIND_ENDINGS),
        level="subdistrict",
        kind="township" if rural else "subdistrict",
        line="rural" if rural else "urban",
        parent_code=district_code,
    )


def community(row: Mapping[str, str], *, rural: bool) -> Division:
    """A community or a village: the tables name its committee, we name the place."""
    village = row["name"].endswith(VILLAGE_ENDINGS)
    bare = _without(row["name"], COMMITTEE_ENDINGS)
    name = bare if bare.endswith(("社区", "村")) else f"{bare}{'村' if village else '社区'}"
    return Division(
        code=row["code"],
        name=name,
        short_name=_without(name, ("社区",)),
        level="community",
        kind="village" if village else "community",
        line="rural" if rural else "urban",
        parent_code=row["streetCode"],
    )


def short_name(name: str, level: str) -> str:
    """How a place is called for short: 枣营北里 for 枣营北里社区, 麦子店 for 麦子店街道."""
    return _without(name, ("社区",) if level == "community" else KIND_ENDINGS)


def initials(name: str) -> str:
    """The first letters of its pinyin, by which it is found."""
    from pypinyin import Style, lazy_pinyin  # its dictionary takes half a second and 56 MiB

    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))[:40].lower()


def _without(name: str, endings: tuple[str, ...]) -> str:
    for ending in endings:
        if name.endswith(ending) and len(name) > len(ending):
            return name[: -len(ending)]
    return name


#: What a place is called in a sentence, by its kind: a township is no subdistrict, a village no community.
WORDS: Mapping[str, str] = {
    "community": "社区",
    "village": "村",
    "subdistrict": "街道",
    "township": "乡",
    "district": "区",
}

#: The duties a place of each level may lead, from the nearest up. What it may not lead it reports up and helps with.
LEADS: Mapping[str, tuple[str, ...]] = {
    "community": ("community", "resident_unit"),
    "subdistrict": ("community", "resident_unit", "subdistrict"),
    "district": ("community", "resident_unit", "subdistrict", "district"),
}


def may_lead(level: str, duty: str) -> bool:
    """Whether a place of this level may lead what is this duty; nobody here leads what is the city's."""
    return duty in LEADS[level]


def common_path(paths: Iterable[str]) -> str:
    """The path of the nearest place in which all of these lie, or which is one of them; empty where there is none."""
    parted = [path.split("/")[:-1] for path in paths]
    shared = takewhile(lambda codes: len(set(codes)) == 1, zip(*parted, strict=False))
    return "".join(f"{codes[0]}/" for codes in shared)


#: How far above the residents a duty lies; a unit based in a community is no office above it.
HEIGHTS: Mapping[str, int] = {
    "": -1,
    "community": 0,
    "resident_unit": 0,
    "subdistrict": 1,
    "district": 2,
    "municipal": 3,
}


def higher(duty: str, other: str) -> bool:
    """Whether a duty is that of a higher level than another."""
    return HEIGHTS[duty] > HEIGHTS[other]


def highest(duties: Iterable[str]) -> str:
    """The one of the highest level; empty where there is none."""
    return max(duties, key=HEIGHTS.__getitem__, default="")
