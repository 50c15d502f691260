"""What a process holds of rules, windows, holidays and places is as new as what any other process has written."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, transaction

from tests.cast import OPERATOR, TODAY, Cast, place
from yishiting.ground.common.process_cache import WatchedQuerySet, held, one_reading, watched
from yishiting.ground.organisations.models import Organisation
from yishiting.ground.places.models import Estate, Kind, Level, Place, PlaceChange
from yishiting.ground.places.queries import estates_of, top_place
from yishiting.ground.seasons.actions import adopt_rulebook, open_special_intake, set_holiday, set_window
from yishiting.ground.seasons.models import Holiday, Rule, Rulebook, Season, SpecialIntake, Window
from yishiting.ground.seasons.queries import holidays, open_seasons, rules_for, special_intake_open

MIN = "council.seats_min"
#: The holiday that is set here; beyond the years decreed, the lasting ones are known by themselves.
SET = date(2026, 5, 4)


def everything(where: Place) -> tuple[object, ...]:
    """One reading of all that is held, as a verb does it."""
    with one_reading():
        known = rules_for(where).number(MIN), open_seasons(where), special_intake_open(where)
        return *known, holidays().off & {SET}, top_place(), list(estates_of(where))


def elsewhere(write, *args) -> None:
    """Done by somebody else: in another thread, over a connection of its own, without reading here."""

    def work() -> None:
        write(*args)
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(work).result()


@pytest.mark.django_db
def test_a_piece_of_work_asks_once_whether_anything_changed(cast: Cast, django_assert_num_queries) -> None:
    first = everything(cast.zaobei)
    with django_assert_num_queries(1):
        assert everything(cast.zaobei) == first


@pytest.mark.django_db
def test_every_verb_that_changes_it_is_seen_at_once(cast: Cast) -> None:
    before = everything(cast.zaobei)
    adopt_rulebook(cast.district, by=OPERATOR, year=2026, in_force_from=date(2026, 1, 1), changes={MIN: 12})
    set_window(
        cast.district,
        by=OPERATOR,
        level=Level.COMMUNITY,
        year=2026,
        season=Season.DELIVERY,
        opens=TODAY,
        closes=TODAY,
    )
    open_special_intake(cast.zaobei, by=cast.wang, reason="停水", opens=TODAY, closes=TODAY)
    set_holiday(cast.district, by=OPERATOR, day=SET, worked=False)
    Estate.objects.bulk_create([Estate(place=cast.zaobei, name="5号院")])
    assert before[0] != 12
    seen = (12, {Season.CONSULTATION, Season.DELIVERY}, True, frozenset({SET}), cast.district, ["5号院"])
    assert everything(cast.zaobei) == seen


@pytest.mark.django_db(transaction=True)
def test_what_another_connection_changed_is_seen_by_the_next_piece_of_work() -> None:
    cast = Cast()
    adopt_rulebook(cast.district, by=OPERATOR, year=2026, in_force_from=date(2026, 1, 1), changes={MIN: 12})
    Holiday.objects.create(day=SET, worked=False)
    assert everything(cast.zaobei)[0] == 12
    with one_reading():
        assert rules_for(cast.zaobei).number(MIN) == 12
        elsewhere(lambda: Rule.objects.filter(key=MIN).update(value=13))
        elsewhere(lambda: Holiday.objects.all().delete())
        assert rules_for(cast.zaobei).number(MIN) == 12, "a page stays with what it began with"
        with one_reading():
            assert rules_for(cast.zaobei).number(MIN) == 13, "a verb decides by what is in force"
        assert rules_for(cast.zaobei).number(MIN) == 13
    assert everything(cast.zaobei)[3] == frozenset()


@pytest.mark.django_db(transaction=True)
def test_what_is_not_committed_yet_is_held_by_nobody_else() -> None:
    cast = Cast()
    adopt_rulebook(cast.district, by=OPERATOR, year=2026, in_force_from=date(2026, 1, 1), changes={MIN: 12})
    seen: list[object] = []
    with transaction.atomic():
        Rule.objects.filter(key=MIN).update(value=13)
        assert everything(cast.zaobei)[0] == 13
        if connection.vendor != "sqlite":  # there nobody reads while another one writes
            elsewhere(lambda: seen.append(everything(cast.zaobei)[0]))
            assert seen == [12]
    elsewhere(lambda: seen.append(everything(cast.zaobei)[0]))
    assert seen[-1] == 13
    assert everything(cast.zaobei)[0] == 13


@pytest.mark.django_db
def test_what_is_undone_is_held_no_longer(cast: Cast) -> None:
    before = everything(cast.zaobei)
    with one_reading():
        with transaction.atomic():
            adopt_rulebook(cast.district, by=OPERATOR, year=2026, in_force_from=TODAY, changes={MIN: 12})
            assert rules_for(cast.zaobei).number(MIN) == 12
            transaction.set_rollback(True)
        assert rules_for(cast.zaobei).number(MIN) == before[0]
    assert everything(cast.zaobei) == before


@pytest.mark.django_db
def test_each_way_of_writing_gives_a_new_version(cast: Cast) -> None:
    def version() -> object:
        return held("places", "test", object)

    seen = [version()]
    street = place("110105999", "测试街道", Level.SUBDISTRICT, Kind.SUBDISTRICT, cast.district)
    seen.append(version())
    Place.objects.filter(pk=street.pk).update(name="改名街道")
    seen.append(version())
    street.name = "再改街道"
    street.save(update_fields=["name"])
    seen.append(version())
    street.delete()
    seen.append(version())
    assert len(set(seen)) == len(seen)
    assert version() is seen[-1]


def test_whatever_is_held_is_watched() -> None:
    assert set(watched()) == {Place, Estate, Window, SpecialIntake, Rulebook, Rule, Holiday, Organisation, PlaceChange}
    for model in watched():
        assert isinstance(model._default_manager.get_queryset(), WatchedQuerySet), model
