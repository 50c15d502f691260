"""《建议案征集报告》: every number counted from the records, none typed by hand."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum

from yishiting.ground.organisations.models import IdentityKind
from yishiting.ground.places.models import Place, ResponsibleLevel
from yishiting.ground.seasons.models import Season, SpecialIntake
from yishiting.ground.seasons.queries import windows_for
from yishiting.year.suggestions.models import Channel, Screening, SolicitationSession, Suggestion
from yishiting.year.suggestions.queries.clusters import clusters_of, households
from yishiting.year.suggestions.states import State

#: How many of the largest matters are named.
TOP = 20


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """What one channel brought: sessions held, people reached, suggestions, of them taken down for somebody."""

    channel: Channel
    sessions: int
    people: int
    suggestions: int
    on_behalf: int


@dataclass(frozen=True, slots=True)
class Cluster:
    """One matter several people spoke of."""

    main: Suggestion
    suggestions: int
    households: int


@dataclass(frozen=True, slots=True)
class NotTaken:
    """One suggestion that was not admitted or was handed on, and why."""

    suggestion: Suggestion
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """A year of soliciting at a place. `said` counts suggestions as people made them; what was split counts once."""

    place: Place
    year: int
    opens: date | None
    closes: date | None
    special: list[SpecialIntake]
    channels: list[ChannelRow]
    participants: dict[str, int]
    states: dict[str, int]
    said: int
    categories: list[tuple[str, int]]
    levels: list[tuple[str, int]]
    clusters: list[Cluster]
    not_taken: list[NotTaken]

    @property
    def sessions(self) -> int:
        """Sessions in all."""
        return sum(row.sessions for row in self.channels)

    @property
    def people(self) -> int:
        """People who took part in all sessions."""
        return sum(row.people for row in self.channels)

    @property
    def on_behalf(self) -> int:
        """Suggestions taken down for somebody."""
        return sum(row.on_behalf for row in self.channels)

    @property
    def valid(self) -> int:
        """Matters found valid: the main suggestion of each."""
        return self.states.get(State.VALID, 0)

    @property
    def merged(self) -> int:
        """Suggestions merged into another."""
        return self.states.get(State.MERGED, 0)


def solicitation_report(place: Place, year: int) -> Report:
    """The report of a place for a year, in a fixed number of queries."""
    here = Suggestion.objects.filter(place=place, year=year).order_by()
    standing = here.standing()
    said = standing.filter(split_from=None)
    matters = standing.exclude(state=State.SPLIT)  # the parts of what was split have classes of their own
    sessions = SolicitationSession.objects.standing().filter(place=place, held_on__year=year).order_by()
    window = next((w for w in windows_for(place, year) if w.season == Season.CONSULTATION), None)
    special = SpecialIntake.objects.filter(place__division_path__in=place.ancestor_paths(), opens__year=year)
    return Report(
        place=place,
        year=year,
        opens=window.opens if window else None,
        closes=window.closes if window else None,
        special=list(special.order_by("opens")),
        channels=_channels(said, sessions),
        participants=_participants(sessions.values_list("participants", flat=True)),
        states={str(state): n for state, n in standing.values_list("state").annotate(n=Count("*"))},
        said=said.count(),
        categories=_categories(matters),
        levels=_levels(matters),
        clusters=_clusters(place, here),
        not_taken=_not_taken(here),
    )


def _channels(said: "QuerySet[Suggestion]", sessions: "QuerySet[SolicitationSession]") -> list[ChannelRow]:
    nothing = (0, 0)
    held = {
        channel: (n, people)
        for channel, n, people in sessions.values_list("channel").annotate(
            n=Count("id"), people=Sum("participant_count")
        )
    }
    came = {
        channel: (n, typed)
        for channel, n, typed in said.values_list("channel").annotate(
            n=Count("*"), typed=Count("id", filter=Q(recorded_by__isnull=False))
        )
    }
    return [
        ChannelRow(channel, *held.get(channel.value, nothing), *came.get(channel.value, nothing))
        for channel in Channel
        if channel.value in held or channel.value in came
    ]


def _participants(tables: Iterable[dict[str, int]]) -> dict[str, int]:
    counted: Counter[str] = Counter()
    for table in tables:
        counted.update(table)
    order = [*IdentityKind.values, *sorted(set(counted) - set(IdentityKind.values))]
    return {kind: counted[kind] for kind in order if counted[kind]}


def _categories(matters: "QuerySet[Suggestion]") -> list[tuple[str, int]]:
    rows = matters.filter(category__isnull=False).values_list("category__path").annotate(n=Count("id"))
    return sorted(((path, n) for path, n in rows), key=lambda row: (-row[1], row[0]))


def _levels(matters: "QuerySet[Suggestion]") -> list[tuple[str, int]]:
    found = dict(matters.exclude(responsible_level="").values_list("responsible_level").annotate(Count("id")))
    return [(str(level.label), found[level]) for level in ResponsibleLevel if level in found]


def _clusters(place: Place, here: "QuerySet[Suggestion]") -> list[Cluster]:
    """The largest matters, each with what was said of it here; what other places said of it is counted there."""
    merged = here.filter(state=State.MERGED).exclude(merged_into__state=State.MERGED)
    largest = merged.values_list("merged_into").annotate(n=Count("*")).order_by("-n", "merged_into")[:TOP]
    mains = list(Suggestion.objects.filter(pk__in=[main for main, _n in largest]))
    found = {main: [one for one in some if one.place_id == place.pk] for main, some in clusters_of(mains).items()}
    rows = [Cluster(main, len(found[main.pk]), households(found[main.pk])) for main in mains]
    return sorted(rows, key=lambda row: (-row.households, -row.suggestions, row.main.receipt))


def _not_taken(here: "QuerySet[Suggestion]") -> list[NotTaken]:
    last = Screening.objects.filter(suggestion=OuterRef("pk")).order_by("-created_at").values("reason")[:1]
    rows = here.filter(state__in=(State.NOT_ADMISSIBLE, State.TRANSFERRED)).annotate(why=Subquery(last))
    return [NotTaken(row, row.why or "") for row in rows.order_by(F("received_on"), "receipt")]
