"""A year's record of a district, and its assessment at every stage."""

from datetime import date, datetime, timedelta
from typing import Any

from tests.cast import Cast, place
from tests.conftest import BEIJING, Clock
from yishiting.ground.places.models import Kind, Level, Place
from yishiting.instruments.publicity.models import NoticeKind, PublicNotice
from yishiting.overview.assessment.actions import announce, begin, check, draft
from yishiting.overview.assessment.models import About, Assessment, UnitSheet
from yishiting.overview.assessment.queries import rules_of, sheets_of
from yishiting.overview.assessment.rules import CHECKED
from yishiting.year.councils.models import Council
from yishiting.year.dossiers.models import Dossier
from yishiting.year.evaluation.models import Review
from yishiting.year.meetings.models import AgendaItem, ItemKind, Meeting, MeetingKind
from yishiting.year.projects.models import Project
from yishiting.year.suggestions.models import Channel, Suggestion

END = date(2026, 11, 30)
DUE = date(2026, 6, 30)


def subdistricts(cast: Cast, n: int) -> list[Place]:
    """So many subdistricts in all, each with a community."""
    made = [cast.anzhen, cast.maizidian]
    for k in range(n - 2):
        made.append(place(f"1101050{k + 30}", f"第{k + 1}街道", Level.SUBDISTRICT, Kind.SUBDISTRICT, cast.district))
    for one in made:
        if not Place.objects.filter(parent=one).exists():
            place(f"{one.code}001", f"{one.short_name}第一社区", Level.COMMUNITY, Kind.COMMUNITY, one)
    return sorted(made, key=lambda one: one.code)


def said(here: Place, n: int, in_time: int, name: str = "s") -> None:
    """So many suggestions of a place with an answer due, the first so many answered in time, the next late, the rest not."""
    for k in range(n):
        file = Dossier.objects.create(origin=here, lies_at=here, opened_on=DUE, number=f"{name}{here.code}-{k}")
        answered = DUE - timedelta(days=k) if k < in_time else DUE + timedelta(days=1) if k == in_time else None
        Suggestion.objects.create(
            place=here, year=2026, receipt=f"{name}{here.code[-6:]}{k}"[:12], dossier=file, channel=Channel.HOTLINE,
            title=f"灯{k}不亮", text="灯不亮", received_on=date(2026, 6, 1), screen_due=date(2026, 6, 15),
            screened_on=date(2026, 6, 15), answer_due=DUE, answered_on=answered, state="valid",
        )  # fmt: skip


def works(cast: Cast, here: Place, answers: list[tuple[int, int]]) -> None:
    """Finished projects of a place, each reviewed: so many satisfied of so many valid answers."""
    council, _new = Council.objects.get_or_create(place=here, defaults={"founded_on": date(2026, 1, 1)})
    day = datetime(2026, 11, 20, 9, tzinfo=BEIJING)
    meeting = Meeting.objects.create(
        council=council, place=here, kind=MeetingKind.REVIEW, title="问效会", starts_at=day, venue="议事厅"
    )
    for n, (well, valid) in enumerate(answers):
        file = Dossier.objects.create(origin=here, lies_at=here, opened_on=DUE, number=f"p{here.code}-{n}")
        project = Project.objects.create(
            dossier=file, place=here, year=2026, number=f"{here.code}实事{n}", title=f"修灯{n}", path="self_governed",
            state="reviewed", responsible_name="刘芳", deadline=DUE, completion_standard="灯亮", maintenance_owner="物业",
            maintenance_yearly_cost=0, completed_on=DUE if n % 2 == 0 else DUE + timedelta(days=3),
        )  # fmt: skip
        item = AgendaItem.objects.create(
            meeting=meeting, place=here, position=n + 1, kind=ItemKind.REVIEW, title="修灯"
        )
        kept = {"satisfied": well, "mostly": 0, "dissatisfied": valid - well, "valid": valid}
        Review.objects.create(
            project=project, place=here, meeting=meeting, agenda_item=item, result={"answers": kept},
            state="passed" if 20 * well >= 19 * valid else "failed", declared_on=day.date(),
        )  # fmt: skip


def proof(here: Place) -> str:
    """The number of a notice of a place, which proves something."""
    number = f"{here.short_name}公示〔2026〕7号"
    PublicNotice.objects.get_or_create(
        number=number,
        defaults={
            "place": here, "kind": NoticeKind.ANNOUNCEMENT, "title": "议事规则", "body": "议事规则", "posted_on": DUE, "last_day": DUE, "workdays": 5,
            "issuer": "办事处",
        },
    )  # fmt: skip
    return number


def drafted(cast: Cast, clock: Clock | None = None, about: About = About.SUBDISTRICTS) -> Assessment:
    if clock is not None:
        clock.to(END)
    return draft(cast.district, by=cast.sun, year=2026, about=about)


def begun(cast: Cast, clock: Clock, **given: Any) -> Assessment:
    return begin(drafted(cast, clock, **given), by=cast.sun, self_until=END + timedelta(days=4))


def checked(cast: Cast, assessment: Assessment, points: int = 80) -> None:
    for sheet in sheets_of(assessment):
        check(sheet, by=cast.sun, rows=[checked_row(assessment, sheet, points)])


def checked_row(assessment: Assessment, sheet: UnitSheet, points: int) -> dict[str, Any]:
    code = next(rule["code"] for rule in rules_of(assessment) if rule["source"] == CHECKED)
    return {"item": code, "score": points, "words": "", "evidence": proof(sheet.place)}


def announced(cast: Cast, clock: Clock) -> Assessment:
    return announce(all_checked(cast, clock), by=cast.sun)


def all_checked(cast: Cast, clock: Clock) -> Assessment:
    """Every item has its points, and the day for what units say has passed."""
    assessment = begun(cast, clock)
    checked(cast, assessment)
    clock.to(END + timedelta(days=5))
    return assessment


def undisputed(cast: Cast, clock: Clock) -> Assessment:
    """The days for appeals are over."""
    assessment = announced(cast, clock)
    assert assessment.appeal_until is not None
    clock.to(assessment.appeal_until + timedelta(days=1))
    return assessment
