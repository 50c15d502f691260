"""The year in one picture, and the units of a district beside each other: every number opens the list it counts."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from yishiting.doors.web.shared.shapes import Bar, Link, Tile
from yishiting.ground.places.models import Level, Place
from yishiting.ground.places.queries import tiles
from yishiting.overview.insights.the_year import works_by_unit, year_counts

SHADES = 4


def year_bars(place: Place, today: date) -> list[Bar]:
    """From what was received to what was judged good, this year; beside each what went another way."""
    year = today.year
    counts = year_counts(place, year, today)
    said, works = (
        f"{reverse(name, args=[place.code])}?year={year}" for name in ("place-suggestions", "place-projects")
    )
    proposals = f"{reverse('place-proposals', args=[place.code])}?year={year}"

    def beside(*pairs: tuple[str, int, str]) -> list[Link]:
        return [Link(words % {"n": f"{n:,}"}, url) for words, n, url in pairs if n]

    return [
        Bar(
            _("收到的建议"),
            counts.received,
            said,
            "open",
            beside((_("已答复%(n)s条"), counts.answered, f"{said}&answered=1")),
        ),
        Bar(
            _("有效建议"),
            counts.valid,
            f"{said}&is=valid",
            beside=beside(
                (_("其中并入同项%(n)s条"), counts.merged, f"{said}&is=merged"),
                (_("等待初审%(n)s条"), counts.waiting, f"{said}&is=waiting"),
                (_("转办或当场解决%(n)s条"), counts.elsewhere, f"{said}&is=elsewhere"),
                (_("不予受理%(n)s条"), counts.refused, f"{said}&is=refused"),
            ),
        ),
        Bar(
            _("通过的建议案"),
            counts.adopted,
            f"{proposals}&is=adopted",
            beside=beside((_("待定%(n)s件"), counts.pending, f"{proposals}&is=pending")),
        ),
        Bar(
            _("实事项目"),
            counts.works,
            works,
            beside=beside(
                (_("居民自治%(n)s件"), counts.self_governed, f"{works}&path=self_governed"),
                (_("部门承办%(n)s件"), counts.department_run, f"{works}&path=department_run"),
            ),
        ),
        Bar(
            _("已经验收"),
            counts.accepted,
            f"{works}&is=done",
            beside=beside((_("超期%(n)s件"), counts.late, f"{works}&is=late")),
        ),
        Bar(_("评议达标"), counts.reviewed, f"{works}&is=reviewed", "done"),
    ]


def unit_tiles(district: Place, units: list[Place], year: int) -> list[Tile]:
    """The subdistricts and townships of a district with the projects of a year; the darkest has the most, white none."""
    if district.level != Level.DISTRICT:
        return []
    counts = works_by_unit(district, year)
    most = max((counts.get(one.division_path, 0) for one in units), default=0)
    stands = tiles(district)
    return [
        Tile(
            one.short_name or one.name,
            f"{reverse('place-projects', args=[one.code])}?year={year}",
            (n := counts.get(one.division_path, 0)),
            *stands.get(one.code, (-1, -1)),
            shade=-(-n * SHADES // most) if most else 0,
        )
        for one in units
    ]
