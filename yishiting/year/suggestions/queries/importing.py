"""What would become of each row of a file: read, checked, compared with what is already there. Writes nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from yishiting.ground.places.models import Level, Place
from yishiting.ground.seasons.queries import rules_for
from yishiting.year.suggestions.columns import mapping
from yishiting.year.suggestions.hashes import Speaker, Words, content_hash
from yishiting.year.suggestions.models import Channel, Suggestion
from yishiting.year.suggestions.rows import Reader, RowRefused, Taken, as_meant, checked_mapping, take
from yishiting.year.suggestions.sheets import Line, Sheet, read_sheet

ASKED_AT_ONCE = 500
#: What offices also call the ways by which suggestions come.
ALSO_CALLED: dict[str, tuple[str, ...]] = {
    Channel.HOME_VISIT: ("家访", "走访", "入户", "上门"),
    Channel.PHONE: ("来电", "电话反映"),
    Channel.MEDIA: ("媒体", "媒体报道"),
    Channel.FORUM: ("座谈", "恳谈会"),
    Channel.BOX: ("信箱", "建议箱"),
    Channel.QUESTIONNAIRE: ("问卷", "调查问卷"),
    Channel.INQUIRY_MEETING: ("问政",),
    Channel.WEB: ("网络", "网站", "线上"),
    Channel.HOTLINE: ("12345", "12345热线", "热线", "市民热线"),
    Channel.RELAYED: ("代表", "代表反映"),
    Channel.LETTER: ("来信", "信件"),
}


@dataclass(frozen=True, slots=True)
class Left:
    """A row that is not taken in, and why."""

    line: int | str
    duplicate: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody should know though it keeps no row out; without a line it is of the file."""

    line: int | str
    says: str


@dataclass(frozen=True, slots=True)
class Fresh:
    """A row that is taken in."""

    taken: Taken
    channel: str
    words: Words
    speaker: Speaker
    hash: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that could be read: its table, what each column is taken for, and its filled rows below the headings."""

    sheet: Sheet
    columns: Mapping[str, str]
    lines: Sequence[Line]


@dataclass(slots=True)
class Plan:
    """What becomes of rows of a file: rows = fresh + duplicates + rejected, always."""

    opened: Opened
    lines: Sequence[Line]
    fresh: list[Fresh] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """How many rows were looked at."""
        return len(self.lines)

    @property
    def duplicates(self) -> int:
        """Rows that are there already, or twice in the file."""
        return sum(row.duplicate for row in self.left)

    @property
    def rejected(self) -> int:
        """Rows somebody has to look at."""
        return len(self.left) - self.duplicates

    def reasons(self) -> dict[int | str, str]:
        """Row number to reason, as they are written back beside the rows."""
        return {row.line: row.reason for row in self.left}


def open_file(content: bytes) -> Opened:
    """Read a file as a table of suggestions. Raises Unreadable when it is no use as a whole."""
    sheet = read_sheet(content)
    return Opened(sheet, checked_mapping(sheet), list(as_meant(sheet.lines)))


def plan_import(place: Place, channel: str, content: bytes, today: date) -> Plan:
    """Read a file and say what would become of each row. Raises Unreadable when the file as a whole is no use."""
    opened = open_file(content)
    plan = plan_rows(place, channel, opened, today, opened.lines)
    plan.remarks = [*(Remark("", says) for says in opened.sheet.unread), *plan.remarks]
    return plan


def plan_rows(place: Place, channel: str, opened: Opened, today: date, lines: Sequence[Line]) -> Plan:
    """What would become of some rows of a file, against what is there now."""
    plan = Plan(opened, lines)
    rows = list(_readable(plan, place, channel, today))
    known = _already(place, rows)
    for row in rows:
        refusal = known.refusal(row)
        if refusal is None:
            plan.fresh.append(row)
            known.remember(row)
            plan.remarks += [Remark(row.taken.line, says) for says in row.taken.remarks]
        else:
            plan.left.append(refusal)
    order = {line.label: at for at, line in enumerate(lines)}
    plan.left.sort(key=lambda row: order[row.line])
    return plan


def _readable(plan: Plan, place: Place, channel: str, today: date) -> Iterator[Fresh]:
    reader = Reader(
        today=today,
        text_most=rules_for(place, today).number("suggestion.text_max"),
        place_names=(place.name, place.short_name),
        above=_names_above(place),
        channels=_channels(),
    )
    for line in plan.lines:
        try:
            taken = take(line, mapping(line.cells), reader)
        except RowRefused as reason:
            plan.left.append(Left(line.label, duplicate=False, reason=str(reason)))
        else:
            yield _fresh(taken, channel)


def _fresh(taken: Taken, channel: str) -> Fresh:
    said_at = timezone.make_aware(taken.said) if taken.said else None
    words = Words(taken.title, taken.text, taken.where, said_at)
    speaker = Speaker(taken.name, taken.phone)
    return Fresh(taken, taken.channel or channel, words, speaker, content_hash(words, speaker))


def _channels() -> dict[str, str]:
    """Words to channels: as this page calls them, as Chinese files do, as offices also do."""
    with override("zh-hans"):
        words = {str(label): value for value, label in Channel.choices}
    words |= {str(label): value for value, label in Channel.choices}
    return words | {name: str(value) for value, names in ALSO_CALLED.items() for name in names}


def _names_above(place: Place) -> tuple[str, ...]:
    """What the places this one lies in are called before its name, from the district down."""
    above = Place.objects.filter(division_path__in=place.ancestor_paths()[:-1]).order_by("division_path")
    return tuple(
        name
        for one in above
        for stem in (one.name, *_stems(one))
        for name in (f"{stem}办事处", f"{stem}人民政府", stem)
    )


def _stems(place: Place) -> Iterator[str]:
    """A subdistrict is also called 地区, a township also 乡 or 镇, whatever its full name is."""
    if place.level == Level.SUBDISTRICT:
        yield from (f"{place.short_name}{kind}" for kind in ("街道", "地区", "乡", "镇"))


@dataclass(slots=True)
class Known:
    """What is there already: by number the texts of each channel, by number the messages, messages without number,
    receipt numbers of our own.
    """

    numbered: dict[tuple[str, str], str] = field(default_factory=dict)
    messages: dict[tuple[str, str], str] = field(default_factory=dict)
    hashes: set[str] = field(default_factory=set)
    receipts: set[str] = field(default_factory=set)

    def refusal(self, row: Fresh) -> Left | None:
        """Why a row is not taken in again; None for one that is new."""
        number = row.taken.number
        if row.taken.receipt in self.receipts:
            said = _("受理号 %(n)s 已经在案卷里，没有再收。") % {"n": row.taken.receipt}
            return Left(row.taken.line, duplicate=True, reason=said)
        if not number:
            said = _("同一个人的同一句话已经收过，没有再收。") if row.hash in self.hashes else ""
            return Left(row.taken.line, duplicate=True, reason=said) if said else None
        if (row.channel, number) in self.numbered:
            return self._under_its_number(row)
        other = self.messages.get((number, row.hash))
        if other is None:
            return None
        said = _("编号 %(n)s 的同一句话已经按“%(channel)s”收过，没有再收。") % {
            "n": number,
            "channel": Channel(other).label,
        }
        return Left(row.taken.line, duplicate=True, reason=said)

    def _under_its_number(self, row: Fresh) -> Left:
        number, line = row.taken.number, row.taken.line
        if self.numbered[row.channel, number] == row.words.text:
            return Left(line, duplicate=True, reason=_("编号 %(n)s 已经收过，没有再收。") % {"n": number})
        return Left(
            line,
            duplicate=False,
            reason=_("编号 %(n)s 已经收过，但这一行的内容与已收的不同。原话不能改；如果是另一件事，请改正编号再交。")
            % {"n": number},
        )

    def remember(self, row: Fresh) -> None:
        """A row that was taken in is there for those below it."""
        if row.taken.number:
            self.numbered[row.channel, row.taken.number] = row.words.text
            self.messages[row.taken.number, row.hash] = row.channel
        else:
            self.hashes.add(row.hash)
        if row.taken.receipt:
            self.receipts.add(row.taken.receipt)


def _already(place: Place, rows: Sequence[Fresh]) -> Known:
    here = Suggestion.objects.standing().filter(place=place).order_by()
    known = Known()
    for numbers in _slices([row.taken.number for row in rows if row.taken.number]):
        for channel, number, text, message in here.filter(outside_number__in=numbers).values_list(
            "channel", "outside_number", "text", "content_hash"
        ):
            known.numbered[channel, number] = text
            known.messages[number, message] = channel
    for some in _slices([row.hash for row in rows if not row.taken.number]):
        known.hashes |= set(
            here.filter(content_hash__in=some, outside_number="").values_list("content_hash", flat=True)
        )
    for receipts in _slices([row.taken.receipt for row in rows if row.taken.receipt]):
        everywhere = Suggestion.objects.standing().filter(receipt__in=receipts)  # numbers run through all places
        known.receipts |= set(everywhere.values_list("receipt", flat=True))
    return known


def _slices(values: list[str]) -> Iterator[list[str]]:
    return (values[at : at + ASKED_AT_ONCE] for at in range(0, len(values), ASKED_AT_ONCE))
