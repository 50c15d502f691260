"""Totals by origin, channel, season and place stand still however suggestions are merged, split, moved, and all undone.

Those by class and by level are what a recount gives: each matter once, a split whole by its parts; joining several,
passing one on, and taking that back move nothing between the classes.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.cast import OPERATOR, TODAY, Cast
from tests.factories.suggestions import a_session, a_slip, a_suggestion
from yishiting.ground.common.refused import Refused
from yishiting.ground.ledger.models import Entry
from yishiting.ground.places.models import ResponsibleLevel
from yishiting.ground.places.queries import common_place
from yishiting.overview.insights.the_year import year_counts
from yishiting.year.dossiers.models import ReferralKind
from yishiting.year.dossiers.queries import living, waiting_referral
from yishiting.year.suggestions.actions import (
    classify_suggestion,
    load_categories,
    merge_suggestions,
    screen_suggestion,
    split_suggestion,
    unmerge_suggestion,
    unsplit_suggestion,
)
from yishiting.year.suggestions.actions.referring import pass_on, send_back
from yishiting.year.suggestions.models import Category, Channel, Suggestion
from yishiting.year.suggestions.queries.clusters import cluster_of, head_of
from yishiting.year.suggestions.queries.intake import sessions_at
from yishiting.year.suggestions.queries.reports import solicitation_report
from yishiting.year.suggestions.states import State

NUMBER = st.integers(0, 60)
ALL_PASS = dict.fromkeys(("factual", "public_interest", "legality", "feasibility"), "pass")


def totals(cast: Cast) -> dict[str, Any]:
    """Everything that is counted by where it came from."""
    told: dict[str, Any] = {}
    for place in (cast.zaobei, cast.zaonan):
        report = solicitation_report(place, 2026)
        told[place.code] = (report.said, report.channels, report.people)
        told[f"sessions of {place.code}"] = [(one.pk, one.suggestion_count) for one in sessions_at(place)]
    told["in public"] = [
        year_counts(place, 2026, TODAY).received for place in (cast.maizidian, cast.zaobei, cast.zaonan)
    ]
    return told


def by_class_and_level(cast: Cast) -> dict[str, Any]:
    """What the reports of both communities say of classes and levels."""
    reports = {place.code: solicitation_report(place, 2026) for place in (cast.zaobei, cast.zaonan)}
    return {code: (dict(one.categories), dict(one.levels)) for code, one in reports.items()}


def recounted(cast: Cast) -> dict[str, Any]:
    """The same, counted by hand: what stands, a split whole by its parts."""
    told: dict[str, Any] = {}
    for place in (cast.zaobei, cast.zaonan):
        rows = Suggestion.objects.filter(place=place, year=2026).select_related("category")
        matters = [one for one in rows if one.state not in (State.STRUCK, State.SPLIT)]
        classes = Counter(one.category.path for one in matters if one.category)
        levels = Counter(str(ResponsibleLevel(one.responsible_level).label) for one in matters if one.responsible_level)
        told[place.code] = (dict(classes), dict(levels))
    return told


class Desk(RuleBasedStateMachine):
    """Two desks do what they like; what the verbs refuse is refused."""

    @initialize()
    def begin(self) -> None:
        self.cast = Cast()
        load_categories(self.cast.district, by=OPERATOR)
        self.classes = list(Category.objects.filter(parent__isnull=False).order_by("path"))
        held = a_session(self.cast)
        for n, channel in enumerate((Channel.BOX, Channel.FORUM, Channel.HOME_VISIT, Channel.BOX)):
            session = held if channel == Channel.FORUM else None
            a_slip(self.cast, text=f"{n}号楼：灯坏了，车棚也漏雨", channel=channel, session=session)
        for n in range(3):
            a_suggestion(self.cast, phone=f"1390000002{n}")
        for _n in range(2):
            a_slip(self.cast, place=self.cast.zaonan, by=self.cast.qian)
        self.words = sorted(Suggestion.objects.values_list("text", flat=True))
        self.before = totals(self.cast)
        self.rows = Entry.objects.count()

    def nth(self, number: int) -> Suggestion:
        everyone = Suggestion.objects.select_related("place", "merged_into").order_by("receipt")
        return everyone[number % len(everyone)]

    def attempt(self, verb: Any, *args: Any, who: Any = None, **kwargs: Any) -> None:
        try:
            verb(*args, by=who or self.cast.liu, **kwargs)
        except Refused:
            return

    @contextmanager
    def classes_stand_still(self) -> Iterator[None]:
        before = by_class_and_level(self.cast)
        yield
        assert by_class_and_level(self.cast) == before

    def at_home(self, one: Suggestion) -> Any:
        return self.cast.liu if one.place == self.cast.zaobei else self.cast.qian

    @rule(which=NUMBER, chosen=NUMBER, level=st.sampled_from(["community", "subdistrict", "district"]))
    def classify(self, which: int, chosen: int, level: str) -> None:
        one = self.nth(which)
        category = self.classes[chosen % len(self.classes)]
        self.attempt(classify_suggestion, one, who=self.at_home(one), category=category, responsible_level=level)

    @rule(which=NUMBER, back=st.booleans())
    def move(self, which: int, back: bool) -> None:
        """Passed on to the community beside, and sent back from there: it stays counted where it was said."""
        one = self.nth(which)
        home, there = self.at_home(one), self.cast.zaonan if one.place == self.cast.zaobei else self.cast.zaobei
        marks = ALL_PASS | {"feasibility": "fail"}
        self.attempt(
            screen_suggestion, one, who=home, **marks, result="transferred", transferred_to="那边", reason="在那边"
        )
        with self.classes_stand_still():
            self.attempt(pass_on, one, who=home, there=there, reason="在那边")
            if back:
                self.attempt(send_back, one, who=home, reason="不在那边")

    @rule(main=NUMBER, first=NUMBER, second=NUMBER)
    def merge(self, main: int, first: int, second: int) -> None:
        with self.classes_stand_still():
            self.attempt(merge_suggestions, self.nth(main), others=[self.nth(first), self.nth(second)])

    @rule(main=NUMBER, other=NUMBER)
    def join_above(self, main: int, other: int) -> None:
        """What two communities have let in is joined by their subdistrict."""
        for one in (self.nth(main), self.nth(other)):
            desk = self.cast.liu if one.place == self.cast.zaobei else self.cast.qian
            self.attempt(screen_suggestion, one, who=desk, **ALL_PASS, result="valid")
        with self.classes_stand_still():
            self.attempt(merge_suggestions, self.nth(main), others=[self.nth(other)], who=self.cast.zhao)

    @rule(which=NUMBER)
    def take_apart_above(self, which: int) -> None:
        with self.classes_stand_still():
            self.attempt(unmerge_suggestion, self.nth(which), reason="不是同一件事", who=self.cast.zhao)

    @rule(which=NUMBER)
    def unmerge(self, which: int) -> None:
        self.attempt(unmerge_suggestion, self.nth(which), reason="不是同一件事")

    @rule(which=NUMBER, parts=st.integers(1, 3))
    def split(self, which: int, parts: int) -> None:
        self.attempt(split_suggestion, self.nth(which), parts=[f"第{n}件事" for n in range(parts)])

    @rule(which=NUMBER)
    def unsplit(self, which: int) -> None:
        self.attempt(unsplit_suggestion, self.nth(which), reason="其实是一件事")

    @rule(which=NUMBER)
    def let_in(self, which: int) -> None:
        self.attempt(screen_suggestion, self.nth(which), **ALL_PASS, result="valid")

    @invariant()
    def every_number_leads_to_the_file_of_its_main_suggestion(self) -> None:
        for one in Suggestion.objects.exclude(state=State.STRUCK).select_related("dossier"):
            assert living(one.dossier) == living(head_of(one).dossier)
            assert (living(one.dossier) == one.dossier) == (head_of(one) == one)

    @invariant()
    def it_lies_at_home_or_with_whoever_joined_it_or_where_it_was_passed_on_to(self) -> None:
        for one in Suggestion.objects.filter(merged_into=None).select_related("place", "dossier__lies_at"):
            if (sent := waiting_referral(one.dossier, ReferralKind.ACROSS, one.place)) is not None:
                assert living(one.dossier).lies_at == sent.to_place
                continue
            there = common_place([part.place for part in cluster_of(one)])
            assert living(one.dossier).lies_at == there

    @invariant()
    def totals_stand_still(self) -> None:
        if hasattr(self, "before"):
            assert totals(self.cast) == self.before

    @invariant()
    def classes_and_levels_are_what_a_recount_gives(self) -> None:
        if hasattr(self, "before"):
            assert by_class_and_level(self.cast) == recounted(self.cast)

    @invariant()
    def every_word_is_kept_and_every_cluster_has_one_head(self) -> None:
        if not hasattr(self, "before"):
            return
        said = Suggestion.objects.filter(split_from=None)
        assert sorted(said.values_list("text", flat=True)) == self.words
        for one in Suggestion.objects.filter(state=State.MERGED).select_related("merged_into"):
            head = head_of(one)
            assert head.state != State.MERGED
            assert one in cluster_of(head)


class Totals(TestCase):
    def test_totals_by_origin_channel_and_place_are_invariant(self) -> None:
        few = settings(max_examples=8, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck))
        outer = self

        class InATransaction(Desk):
            def __init__(self) -> None:
                outer.setup_example()
                super().__init__()

            def teardown(self) -> None:
                outer.teardown_example(None)

        run_state_machine_as_test(InATransaction, settings=few)
