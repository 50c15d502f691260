"""What would become of each row of a file: read, checked, compared with what is already there. Writes nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.ground.places.models import Place
from yishiting.ground.seasons.queries import rules_for
from yishiting.year.suggestions.hashes import Speaker, Words, content_hash
from yishiting.year.suggestions.models import Channel, Suggestion
from yishiting.year.suggestions.rows import Reader, RowRefused, Taken, checked_mapping, is_heading, take
from yishiting.year.suggestions.sheets import Sheet, read_sheet

ASKED_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Left:
    """A row that is not taken in, and why."""

    line: int
    duplicate: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Fresh:
    """A row that is taken in."""

    taken: Taken
    channel: str
    words: Words
    speaker: Speaker
    hash: str


@dataclass(slots=True)
class Plan:
    """What becomes of a file: rows = fresh + duplicates + rejected, always."""

    sheet: Sheet
    columns: dict[str, str]
    fresh: list[Fresh] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """Filled rows below the headings."""
        return len(self.sheet.lines)

    @property
    def duplicates(self) -> int:
        """Rows that are there already, or twice in the file."""
        return sum(row.duplicate for row in self.left)

    @property
    def rejected(self) -> int:
        """Rows somebody has to look at."""
        return len(self.left) - self.duplicates

    def reasons(self) -> dict[int, str]:
        """Row number to reason, as they are written back beside the rows."""
        return {row.line: row.reason for row in self.left}


def plan_import(place: Place, channel: str, content: bytes, today: date) -> Plan:
    """Read a file and say what would become of each row. Raises Unreadable when the file as a whole is no use."""
    sheet = read_sheet(content, is_heading)
    plan = Plan(sheet, checked_mapping(sheet))
    rows = list(_readable(plan, place, channel, today))
    numbered, hashes = _already(place, rows)
    for row in rows:
        refusal = _refusal(row, numbered, hashes)
        if refusal is None:
            plan.fresh.append(row)
            _remember(row, numbered, hashes)
        else:
            plan.left.append(refusal)
    plan.left.sort(key=lambda row: row.line)
    return plan


def _readable(plan: Plan, place: Place, channel: str, today: date) -> Iterator[Fresh]:
    reader = Reader(
        today=today,
        text_most=rules_for(place, today).number("suggestion.text_max"),
        place_names=(place.name, place.short_name),
        channels={str(label): value for value, label in Channel.choices},
    )
    for line in plan.sheet.lines:
        try:
            taken = take(line, plan.columns, reader)
        except RowRefused as reason:
            plan.left.append(Left(line.number, duplicate=False, reason=str(reason)))
        else:
            yield _fresh(taken, channel)


def _fresh(taken: Taken, channel: str) -> Fresh:
    said_at = timezone.make_aware(taken.said) if taken.said else None
    words = Words(taken.title, taken.text, taken.where, said_at)
    speaker = Speaker(taken.name, taken.phone)
    return Fresh(taken, taken.channel or channel, words, speaker, content_hash(words, speaker))


#: (channel, number of the other system) to the words kept under it.
Numbered = dict[tuple[str, str], str]


def _already(place: Place, rows: Sequence[Fresh]) -> tuple[Numbered, set[str]]:
    here = Suggestion.objects.standing().filter(place=place).order_by()
    numbered: Numbered = {}
    for numbers in _slices([row.taken.number for row in rows if row.taken.number]):
        for channel, number, text in here.filter(outside_number__in=numbers).values_list(
            "channel", "outside_number", "text"
        ):
            numbered[channel, number] = text
    hashes: set[str] = set()
    for some in _slices([row.hash for row in rows if not row.taken.number]):
        hashes.update(here.filter(content_hash__in=some, outside_number="").values_list("content_hash", flat=True))
    return numbered, hashes


def _slices(values: list[str]) -> Iterator[list[str]]:
    return (values[at : at + ASKED_AT_ONCE] for at in range(0, len(values), ASKED_AT_ONCE))


def _refusal(row: Fresh, numbered: Numbered, hashes: set[str]) -> Left | None:
    number, line = row.taken.number, row.taken.line
    if not number:
        said = _("同一个人的同一句话已经收过，没有再收。") if row.hash in hashes else ""
        return Left(line, duplicate=True, reason=said) if said else None
    kept = numbered.get((row.channel, number))
    if kept is None:
        return None
    if kept == row.words.text:
        return Left(line, duplicate=True, reason=_("编号 %(n)s 已经收过，没有再收。") % {"n": number})
    return Left(
        line,
        duplicate=False,
        reason=_("编号 %(n)s 已经收过，但这一行的内容与已收的不同。原话不能改；如果是另一件事，请改正编号再交。")
        % {"n": number},
    )


def _remember(row: Fresh, numbered: Numbered, hashes: set[str]) -> None:
    if row.taken.number:
        numbered[row.channel, row.taken.number] = row.words.text
    else:
        hashes.add(row.hash)
