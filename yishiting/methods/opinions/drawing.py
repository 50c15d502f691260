"""The picture of an opinion map: an SVG that can be read on paper, in black and white, without a legend elsewhere.

Groups differ by shape, filling and outline, not by colour; dots are base clusters, so nobody is named. No scripts,
no style attributes: it shows under a strict content security policy.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from yishiting.methods.opinions.contract import Group, MinorityView, OpinionMap, Point
from yishiting.methods.opinions.lettering import Lines, escape, shortened
from yishiting.methods.opinions.shapes import Spot, marker, outline
from yishiting.methods.opinions.tallies import Side

WIDTH = 900
MARGIN = 28
MAP_HEIGHT = 440
MOST_LINES = 3
#: A longer statement is cut in the picture (in font sizes): a page-long one would push the others off.
MOST_ROOM = 90
NAME_HEIGHT, NAME_WIDTH = 24, 150
FONT = "'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif"


@dataclass(frozen=True, slots=True)
class Words:
    """What the picture says; fields in braces are filled in."""

    title: str
    summary: str
    unclear: str
    apart: str
    note: str
    group: str
    common: str
    no_common: str
    stands: str
    differ: str
    mostly: str
    minority: str
    line: str
    agree: str
    disagree: str
    statement: str

    def side(self, side: Side) -> str:
        """The word for a side."""
        return self.agree if side == "agree" else self.disagree


CHINESE = Words(
    title="意见图谱",
    summary="{voting} 人表态，其中 {grouped} 人入图，分为 {groups} 组。",
    unclear="各组之间界限不清，分组仅供参考。",
    apart="另有 {people} 人与各组都不相近，不足 {least} 人，不单独成组，也不画出；他们的表态计入总数。",
    note="一个图形代表看法相近的一些人，越大人越多；离得越近，回答越相近。左右上下没有好坏之分。",
    group="{name} {people} 人",
    common="共同看法",
    no_common="没有各组都过半的共同看法。",
    stands="{name}有代表性的看法",
    differ="各组不同的看法",
    mostly="{groups}多数{side}",
    minority="少数人的看法",
    line="{text}（{seen} 人中 {count} 人{side}）",
    agree="同意",
    disagree="不同意",
    statement="第 {id} 条",
)


def draw(result: OpinionMap, texts: Mapping[str, str] | None = None, words: Words = CHINESE) -> str:
    """The SVG text; `texts` gives the wording of the statements, which are otherwise shown by number."""
    lines = Lines(WIDTH - 2 * MARGIN, MARGIN)
    lines.add(words.title, size=24, bold=True)
    lines.add(summary(result, words), size=17)
    head = lines.y + 12
    below = Lines(WIDTH - 2 * MARGIN, MARGIN, y=head + MAP_HEIGHT)
    below.add(words.note, size=14, soft=True)
    for part in (shared_views, group_views, few_views):
        part(result, texts or {}, words, below)
    height = round(below.y + MARGIN)
    body = "\n".join([*lines.parts, *map_of(result, head, words), *below.parts])
    return frame(body, height, words.title, summary(result, words))


def frame(body: str, height: int, title: str, description: str) -> str:
    """The outside of the picture, with a title and a description for those who cannot see it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" font-family="{FONT}" fill="#1f2329">\n'
        f"<title>{escape(title)}</title>\n<desc>{escape(description)}</desc>\n"
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>\n{body}\n</svg>\n'
    )


def summary(result: OpinionMap, words: Words) -> str:
    """How many spoke, how many are shown, in how many groups, and whether the groups are real."""
    grouped = sum(group.people for group in result.groups)
    said = words.summary.format(voting=len(result.people), grouped=grouped, groups=len(result.groups))
    unclear = len(result.groups) > 1 and not result.clearly_apart and not result.given_groups
    least = result.rule["options"]["least_group"]
    apart = words.apart.format(people=result.apart, least=least) if result.apart else ""
    return said + (words.unclear if unclear else "") + apart


def map_of(result: OpinionMap, top: float, words: Words) -> list[str]:
    """Outlines first, then the dots, then the names, which must never be covered."""
    spots = scaled(result.points, top)
    order = {group.id: place for place, group in enumerate(result.groups)}
    mine = {
        group.id: [spot for spot, point in zip(spots, result.points, strict=True) if point.group == group.id]
        for group in result.groups
    }
    outlines = [outline(mine[group.id], order[group.id]) for group in result.groups]
    biggest_first = sorted(zip(spots, result.points, strict=True), key=lambda pair: -pair[0].radius)
    dots = [marker(spot, order[point.group]) for spot, point in biggest_first]
    return [*outlines, *dots, *names(result.groups, mine, top, words)]


def scaled(points: Sequence[Point], top: float) -> list[Spot]:
    """Both axes on the same scale, in the middle of the box; area is in proportion to people."""
    left, right = min(p.x for p in points), max(p.x for p in points)
    low, high = min(p.y for p in points), max(p.y for p in points)
    room = 44
    wide, tall = WIDTH - 2 * (MARGIN + room), MAP_HEIGHT - 2 * room
    scale = min(wide / max(right - left, 1e-9), tall / max(high - low, 1e-9), 1e6)
    x0, y0 = WIDTH / 2 - scale * (left + right) / 2, top + MAP_HEIGHT / 2 + scale * (low + high) / 2
    most = max(p.people for p in points)
    return [Spot(x0 + scale * p.x, y0 - scale * p.y, radius(p.people, most)) for p in points]


def radius(people: int, most: int) -> float:
    """From 5 for one person to 20 for the largest dot."""
    return 5 + 15 * sqrt((people - 1) / max(most - 1, 1))


def names(groups: Sequence[Group], mine: Mapping[str, list[Spot]], top: float, words: Words) -> list[str]:
    """The name of each group outside its dots: above in the upper half, below in the lower; never one on another."""
    taken: list[tuple[float, float]] = []
    parts = []
    for group in groups:
        x, y, step = name_place(mine[group.id], top)
        while any(abs(y - other_y) < NAME_HEIGHT and abs(x - other_x) < NAME_WIDTH for other_x, other_y in taken):
            y += step
        taken.append((x, y))
        label = escape(words.group.format(name=group.name, people=group.people))
        parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="18" font-weight="bold" text-anchor="middle" '
            f'stroke="#ffffff" stroke-width="5" stroke-linejoin="round" paint-order="stroke">{label}</text>'
        )
    return parts


def name_place(spots: Sequence[Spot], top: float) -> tuple[float, float, int]:
    """Where a name would stand, and which way it gives way to another."""
    x = min(max(sum(s.x for s in spots) / len(spots), MARGIN + 70), WIDTH - MARGIN - 70)
    if sum(s.y for s in spots) / len(spots) > top + MAP_HEIGHT / 2:
        return x, min(max(s.y + s.radius for s in spots) + 28, top + MAP_HEIGHT - 4), -NAME_HEIGHT
    return x, max(min(s.y - s.radius for s in spots) - 12, top + 18), NAME_HEIGHT


def shared_views(result: OpinionMap, texts: Mapping[str, str], words: Words, lines: Lines) -> None:
    """Common ground comes first."""
    lines.add(words.common, size=18, bold=True, above=18)
    for row in result.common_ground[:MOST_LINES]:
        lines.add(sentence(row.statement, row.side, row.count, row.seen, texts, words, MOST_ROOM), bullet=True)
    if not result.common_ground:
        lines.add(words.no_common)


def group_views(result: OpinionMap, texts: Mapping[str, str], words: Words, lines: Lines) -> None:
    """Then what each group stands for, beside its mark."""
    for place, group in enumerate(result.groups):
        if not group.representative or len(result.groups) == 1:
            continue
        lines.add(words.stands.format(name=group.name), size=18, bold=True, above=14, indent=26)
        lines.parts.append(marker(Spot(MARGIN + 10, lines.y - 6, 8), place))
        for row in group.representative[:MOST_LINES]:
            lines.add(sentence(row.statement, row.side, row.count, row.seen, texts, words, MOST_ROOM), bullet=True)


def few_views(result: OpinionMap, texts: Mapping[str, str], words: Words, lines: Lines) -> None:
    """The views of the few are always on the picture."""
    if not result.minority_views:
        return
    lines.add(words.minority, size=18, bold=True, above=14)
    named = {group.id: group.name for group in result.groups}
    for group, views in by_group(result):
        for view in views[:MOST_LINES]:
            said = sentence(view.statement, view.side, view.count, view.seen, texts, words, MOST_ROOM)
            lines.add(f"{named[group]}：{said}" if group else said, bullet=True)


def by_group(result: OpinionMap) -> Iterable[tuple[str | None, list[MinorityView]]]:
    """Minority views, group by group."""
    groups = list(dict.fromkeys(view.group for view in result.minority_views))
    return [(group, [view for view in result.minority_views if view.group == group]) for group in groups]


def sentence(
    statement: str,
    side: Side,
    count: int,
    seen: int,
    texts: Mapping[str, str],
    words: Words,
    most: float | None = None,
) -> str:
    """A statement with how many of those who answered it took the side; never a percentage."""
    text = wording(statement, texts, words)
    return words.line.format(
        text=text if most is None else shortened(text, most), count=count, seen=seen, side=words.side(side)
    )


def wording(statement: str, texts: Mapping[str, str], words: Words) -> str:
    """The statement itself on one line, or its number where the wording is not known."""
    return " ".join(texts.get(statement, "").split()) or words.statement.format(id=statement)
