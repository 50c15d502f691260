"""Where everything of an area stands: how many at which step, how old, how late; by place below it and by section."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, DateField, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yishiting.ground.organisations.models import Organisation
from yishiting.ground.places.models import Level, Place
from yishiting.year.dossiers.models import Referral, ReferralKind
from yishiting.year.projects.models import Project
from yishiting.year.projects.states import State as ProjectState
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.states import State as ProposalState
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.states import State as SuggestionState

#: Rows of any kind, with what was annotated.
Rows = Any
NO_DAY = Cast(Value(None), DateField())
#: How long something has stood where it stands: the name, its words, and from and to how many days.
AGES: tuple[tuple[str, Promise, int, int | None], ...] = (
    ("new", _("7天以内"), 0, 7),
    ("weeks", _("8—30天"), 8, 30),
    ("old", _("30天以上"), 31, None),
)
NONE = "none"


@dataclass(frozen=True, slots=True)
class Stage:
    """One step at which things stand: its name in addresses, what it is called, which things."""

    key: str
    label: Promise
    which: Q


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing with its steps: the name of its list, and where its section is written."""

    key: str
    label: Promise
    page: str
    stages: tuple[Stage, ...]
    section: str

    def stage(self, key: str) -> Stage | None:
        """The step of this name."""
        return next((one for one in self.stages if one.key == key), None)


S, P, W = SuggestionState, ProposalState, ProjectState
CLASSED = Q(state=S.VALID, answered_on=None) & ~Q(responsible_level="")
NAMED_BY_DIRECTORS = Q(responsible=None, place__level=Level.SUBDISTRICT)
NO_PROJECT = ~Q(Exists(Project.objects.filter(proposals=OuterRef("pk"))))
SUGGESTIONS = Kind(
    "suggestions",
    _("建议"),
    "desk-standing-suggestions",
    (
        Stage("screen", _("待初审"), Q(state=S.RECEIVED)),
        Stage("more", _("退回补充"), Q(state=S.MORE_WORK)),
        Stage("appeal", _("待复核"), Q(state=S.APPEALED)),
        Stage("classify", _("待分类分级"), Q(state=S.VALID, responsible_level="")),
        Stage("assign", _("待定责任领导和科室"), CLASSED & NAMED_BY_DIRECTORS),
        Stage("answer", _("待答复"), CLASSED & ~NAMED_BY_DIRECTORS),
    ),
    "section",
)
PROPOSALS = Kind(
    "proposals",
    _("建议案"),
    "desk-standing-proposals",
    (
        Stage("drafted", _("草拟中"), Q(state=P.DRAFTED)),
        Stage("tabled", _("等会议审议"), Q(state=P.TABLED)),
        Stage("pending", _("待定"), Q(state=P.PENDING)),
        Stage("adopted", _("已通过，待立项或报送"), Q(state=P.ADOPTED, agreement=None) & NO_PROJECT),
        Stage("reported", _("已报上级，等答复"), Q(state=P.REPORTED_UP)),
        Stage("taken_on", _("上级承办，待立项"), Q(state=P.TAKEN_ON) & NO_PROJECT),
        Stage("handed_down", _("上级交办，等同意"), Q(state=P.HANDED_DOWN)),
        Stage("not_now", _("暂不办理，等条件"), Q(state=P.NOT_NOW)),
    ),
    "in_hand_of",
)
PROJECTS = Kind(
    "projects",
    _("实事项目"),
    "desk-standing-projects",
    (
        Stage("planning", _("制定方案"), Q(state=W.PLANNING)),
        Stage("publicised", _("方案公示"), Q(state=W.PUBLICISED)),
        Stage("underway", _("实施中"), Q(state=W.UNDERWAY)),
        Stage("completed", _("完工待验收"), Q(state=W.COMPLETED)),
        Stage("rectifying", _("整改中"), Q(state=W.RECTIFYING)),
        Stage("accepted", _("已验收，待评审"), Q(state=W.ACCEPTED)),
    ),
    "lead",
)
KINDS = (SUGGESTIONS, PROPOSALS, PROJECTS)


def open_suggestions(place: Place) -> Rows:
    """The suggestions of an area that somebody still has to do something about, since when and by when."""
    rows = _under(Suggestion.objects.all(), place).filter(_any(SUGGESTIONS.stages))
    due = Case(When(state=S.RECEIVED, then=F("screen_due")), default=F("answer_due"), output_field=DateField())
    return rows.annotate(stands_since=F("received_on"), stands_due=due).order_by("received_on", "receipt")


def open_proposals(place: Place) -> Rows:
    """The proposals of an area that are not at their end, since when and by when; those sent on by their open hop."""
    hops = Referral.objects.filter(dossier=OuterRef("dossier"), answered_on=None).order_by("-sent_on", "-created_at")
    inside = hops.filter(kind=ReferralKind.INSIDE)
    began = Coalesce(Subquery(hops.values("sent_on")[:1]), "decided_on", TruncDate("created_at"))
    due = Case(
        When(state=P.NOT_NOW, then=F("look_again_on")),
        When(
            state__in=(P.REPORTED_UP, P.TAKEN_ON, P.HANDED_DOWN),
            then=Subquery(hops.values("due")[:1]),
        ),
        default=NO_DAY,
        output_field=DateField(),
    )
    rows = _under(Proposal.objects.all(), place).filter(_any(PROPOSALS.stages))
    rows = rows.annotate(stands_since=began, stands_due=due, in_hand_of=Subquery(inside.values("unit")[:1]))
    return rows.order_by("stands_since", "created_at")


def open_projects(place: Place) -> Rows:
    """The projects of an area that are not at their end, since when something was last heard and by when."""
    heard = Coalesce("last_progress_on", "accepted_on", "completed_on", "started_on", TruncDate("created_at"))
    due = Case(
        When(state=W.RECTIFYING, then=Coalesce("rectify_by", "deadline")),
        When(state__in=(W.PUBLICISED, W.UNDERWAY), then=F("deadline")),
        default=NO_DAY,
        output_field=DateField(),
    )
    rows = _under(Project.objects.all(), place).filter(_any(PROJECTS.stages)).select_related("lead")
    return rows.annotate(stands_since=heard, stands_due=due).order_by("stands_since", "number")


ROWS = {"suggestions": open_suggestions, "proposals": open_proposals, "projects": open_projects}


def _under(rows: Rows, place: Place) -> Rows:
    return rows.filter(place__in=Place.objects.under(place)).select_related("place")


def _any(stages: Iterable[Stage]) -> Q:
    found = Q(pk__in=[])
    for one in stages:
        found |= one.which
    return found


def aged(age: str, today: date) -> Q:
    """Those that have stood for as long as this age says."""
    first, last = next((low, high) for key, _label, low, high in AGES if key == age)
    until = Q(stands_since__lte=today - timedelta(days=first)) if first else Q()
    return until if last is None else until & Q(stands_since__gte=today - timedelta(days=last))


def is_late(today: date) -> Q:
    """Those whose day has passed."""
    return Q(stands_due__lt=today)


@dataclass(frozen=True, slots=True)
class Figure:
    """How many stand at one step: all, by age, and how many are late."""

    kind: Kind
    stage: Stage
    total: int
    ages: tuple[int, ...]
    late: int


@dataclass(frozen=True, slots=True)
class Line:
    """How many of each kind there are at one place or with one section, and how many of them are late."""

    key: str
    name: str
    totals: tuple[int, ...]
    late: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """The whole board of an area."""

    figures: list[Figure]
    places: list[Line]
    sections: list[Line]


def standing_of(place: Place, today: date) -> Standing:
    """Count everything open in an area: three queries for the numbers, whatever their size."""
    counted = {kind.key: _counted(kind, place, today) for kind in KINDS}
    figures = [_figure(kind, stage, counted[kind.key]) for kind in KINDS for stage in kind.stages]
    return Standing(figures, _by_place(place, counted), _by_section(place, counted))


def _counted(kind: Kind, place: Place, today: date) -> list[dict[str, Any]]:
    """For each place and section, how many stand at each step, by age and late."""
    wanted: dict[str, Any] = {}
    for one in kind.stages:
        wanted[one.key] = Count("pk", filter=one.which)
        wanted[f"{one.key}_late"] = Count("pk", filter=one.which & is_late(today))
        wanted |= {f"{one.key}_{age[0]}": Count("pk", filter=one.which & aged(age[0], today)) for age in AGES}
    rows = ROWS[kind.key](place).order_by()
    return [{**row, "unit": row[kind.section]} for row in rows.values("place", kind.section).annotate(**wanted)]


def _figure(kind: Kind, stage: Stage, rows: Sequence[dict[str, Any]]) -> Figure:
    def added(name: str) -> int:
        return sum(row[name] for row in rows)

    ages = tuple(added(f"{stage.key}_{age[0]}") for age in AGES)
    return Figure(kind, stage, added(stage.key), ages, added(f"{stage.key}_late"))


def _line(key: str, name: str, which: Any, counted: dict[str, list[dict[str, Any]]]) -> Line:
    totals, late = [], []
    for kind in KINDS:
        rows = [row for row in counted[kind.key] if which(row)]
        totals.append(sum(row[one.key] for row in rows for one in kind.stages))
        late.append(sum(row[f"{one.key}_late"] for row in rows for one in kind.stages))
    return Line(key, name, tuple(totals), tuple(late))


def _by_place(place: Place, counted: dict[str, list[dict[str, Any]]]) -> list[Line]:
    """The place itself, then each place right below it with everything under it."""
    known = dict(Place.objects.under(place).values_list("pk", "division_path"))
    below = list(Place.objects.filter(parent=place).order_by("division_path"))
    seen = Counter(row["place"] for rows in counted.values() for row in rows)
    lines = [_line(place.code, str(_("本级")), lambda row: row["place"] == place.pk, counted)]
    for one in below:
        inside = {pk for pk, path in known.items() if path.startswith(one.division_path)}
        if one.valid_to is None or inside & set(seen):
            lines.append(_line(one.code, one.name, lambda row, inside=inside: row["place"] in inside, counted))
    return lines


def _by_section(place: Place, counted: dict[str, list[dict[str, Any]]]) -> list[Line]:
    """Each section or unit that has something in hand; at the end what none has."""
    units = {row["unit"] for rows in counted.values() for row in rows if row["unit"] is not None}
    named = Organisation.objects.filter(pk__in=units).order_by("kind", "name")
    lines = [_line(str(one.pk), one.name, lambda row, pk=one.pk: row["unit"] == pk, counted) for one in named]
    return [*lines, _line(NONE, str(_("还没有交科室")), lambda row: row["unit"] is None, counted)]
