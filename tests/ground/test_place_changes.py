"""Places change in law: with a day of effect and a paper; the names of then stay, nothing that is open is lost."""

from datetime import date, timedelta

import pytest
import time_machine

from tests.cast import OPERATOR, TODAY, Cast
from tests.factories.suggestions import a_suggestion
from yishiting.doors.common.entries import in_words
from yishiting.ground.accounts.actors import Clock, Visitor
from yishiting.ground.common.refused import NotAllowed, Refused
from yishiting.ground.common.verbs import why_not
from yishiting.ground.ledger.models import Entry
from yishiting.ground.notices.models import Message
from yishiting.ground.organisations.actions import list_estates, register_organisation
from yishiting.ground.organisations.models import Appointment, Office, Organisation, OrganisationKind
from yishiting.ground.places.models import Kind, Place, PlaceChange
from yishiting.ground.places.organs import assembly_of, council_of, office_of
from yishiting.ground.places.queries import acted_for, find_places, history_of, name_of, on_day
from yishiting.ground.places.states import State
from yishiting.ground.rezoning.actions import (
    amend_change,
    become_community,
    close_place,
    found_place,
    merge_place,
    move_place,
    rename_place,
    split_off,
    take_effect,
    withdraw_change,
)
from yishiting.overview.cycle.actions import run_daily
from yishiting.overview.cycle.board import waiting_for
from yishiting.year.suggestions.actions import submit_suggestion
from yishiting.year.suggestions.models import Suggestion

PAPER = "京朝政发〔2026〕12号"
YESTERDAY = TODAY - timedelta(days=1)


def rests(day: date = TODAY) -> dict:
    return {"takes_effect": day, "document": PAPER}


@pytest.fixture
def merged(cast: Cast) -> PlaceChange:
    """枣营南里 is merged into 枣营北里, with one suggestion open in it."""
    a_suggestion(cast, place=cast.zaonan)
    change = merge_place(cast.zaonan, by=cast.sun, into=cast.zaobei, **rests())
    cast.zaonan.refresh_from_db()
    return change


def test_only_the_district_and_the_administrator_change_places(cast: Cast) -> None:
    for one in (cast.wang, cast.zhao, cast.lu, cast.security):
        with pytest.raises(NotAllowed):
            rename_place(cast.zaobei, by=one, name="枣营社区", **rests())
    assert rename_place(cast.zaobei, by=cast.system, name="枣营社区", **rests()).state == State.IN_FORCE


def test_a_change_rests_on_a_paper(cast: Cast) -> None:
    with pytest.raises(Refused):
        rename_place(cast.zaobei, by=cast.sun, name="枣营社区", takes_effect=TODAY, document=" ")


def test_papers_and_the_record_keep_the_name_of_their_day(cast: Cast) -> None:
    with time_machine.travel(YESTERDAY, tick=False):
        a_suggestion(cast)
    rename_place(cast.zaobei, by=cast.sun, name="枣营社区", **rests())
    place = Place.objects.get(pk=cast.zaobei.pk)
    assert (place.name, place.short_name, place.initials) == ("枣营社区", "枣营", "zysq")
    assert on_day(place, YESTERDAY).name == "枣营北里社区"
    assert (office_of(place, YESTERDAY), office_of(place, None)) == ("枣营北里社区居民委员会", "枣营社区居民委员会")
    assert council_of(place, TODAY) == "枣营社区议事协商会"
    assert name_of(place.code, YESTERDAY) == "枣营北里社区"
    told = in_words(Entry.objects.filter(verb="suggestion.submit"))[0].sentence
    assert "枣营北里社区" in told
    assert "枣营社区" in in_words(Entry.objects.filter(verb="place.rename"))[0].sentence


def test_several_names_each_in_their_time(cast: Cast) -> None:
    for n, name in enumerate(("甲社区", "乙社区"), start=1):
        with time_machine.travel(TODAY + timedelta(days=n), tick=False):
            rename_place(cast.zaobei, by=OPERATOR, name=name, **rests(TODAY))
    place = Place.objects.get(pk=cast.zaobei.pk)
    names = [on_day(place, TODAY + timedelta(days=n)).name for n in range(3)]
    assert names == ["枣营北里社区", "甲社区", "乙社区"]


def test_a_place_is_found_by_its_old_name(cast: Cast, merged: PlaceChange) -> None:
    rename_place(cast.zaobei, by=cast.sun, name="枣营社区", **rests())
    for words in ("枣营北里", "枣营南里", "枣营社区", cast.zaonan.code):
        assert [one.name for one in find_places(words)] == ["枣营社区"], words
    assert len(history_of(cast.zaobei)) == 2


def test_what_is_to_come_waits_for_its_day(cast: Cast) -> None:
    ahead = TODAY + timedelta(days=30)
    change = rename_place(cast.zaobei, by=cast.sun, name="枣营社区", **rests(ahead))
    assert change.state == State.WAITING
    with pytest.raises(Refused):
        take_effect(change, by=Clock())
    with pytest.raises(Refused):
        rename_place(cast.zaobei, by=cast.sun, name="枣营小区", **rests(ahead))
    run_daily(TODAY)
    assert Place.objects.get(pk=cast.zaobei.pk).name == "枣营北里社区"
    with time_machine.travel(ahead, tick=False):
        assert run_daily(ahead).places_changed == 1
    assert Place.objects.get(pk=cast.zaobei.pk).name == "枣营社区"


def test_what_is_open_goes_on_at_the_successor(cast: Cast, merged: PlaceChange) -> None:
    suggestion = Suggestion.objects.select_related("place").get()
    assert suggestion.place == cast.zaonan, "counts by origin stay"
    assert why_not(cast.wang, "suggestion.screen", suggestion) is None
    assert why_not(cast.zhao, "suggestion.screen", suggestion) is not None
    lines = [(one.verb, one.place) for one in waiting_for(cast.wang, TODAY)]
    assert ("suggestion.screen", cast.zaonan) in lines
    assert acted_for(cast.zaobei) == [cast.zaobei, cast.zaonan]
    assert cast.zaonan in Place.objects.under(Place.objects.get(pk=cast.zaobei.pk))


def test_nothing_begins_in_a_closed_place(cast: Cast, merged: PlaceChange) -> None:
    with pytest.raises(Refused, match="枣营北里社区"):
        submit_suggestion(cast.zaonan, by=Visitor(), text="3号楼前的路灯不亮了", phone="13900000021")
    assert "council.found" not in {one.verb for one in waiting_for(cast.wang, TODAY) if one.place == cast.zaonan}
    with pytest.raises(Refused):
        rename_place(cast.zaonan, by=cast.sun, name="枣南", **rests())


def test_staff_and_registers_go_over(cast: Cast) -> None:
    appointment = {"office": Office.COMMUNITY_WORKER, "since": date(2025, 1, 1)}
    worker = Appointment.objects.create(person=cast.liming, place=cast.zaonan, **appointment)
    register_organisation(cast.zaonan, by=cast.qian, kind=OrganisationKind.RESIDENT_UNIT, name="农展馆")
    register_organisation(cast.zaonan, by=cast.qian, kind=OrganisationKind.RESIDENTS_COMMITTEE, name="枣营南里居委会")
    list_estates(cast.zaonan, by=cast.qian, names=["枣营南里1号院"])
    change = merge_place(cast.zaonan, by=cast.sun, into=cast.zaobei, **rests())
    held = Appointment.objects.filter(until=None)
    assert held.get(person=cast.liming).place == cast.zaobei
    assert not held.filter(person=cast.qian).exists(), "two secretaries would be one too many"
    assert Organisation.objects.get(name="农展馆").place == cast.zaobei
    assert Organisation.objects.get(name="枣营南里居委会").valid_to == TODAY
    assert cast.zaobei.estates.get().name == "枣营南里1号院"

    withdraw_change(change, by=cast.sun, reason="登记错了")
    worker.refresh_from_db()
    assert worker.until is None
    assert held.filter(person=cast.qian).exists()
    assert Organisation.objects.get(name="枣营南里居委会").valid_to is None
    assert Organisation.objects.get(name="农展馆").place == cast.zaonan
    zaonan = Place.objects.get(pk=cast.zaonan.pk)
    assert (zaonan.run_by, zaonan.valid_to, zaonan.parent) == (None, None, cast.maizidian)
    assert zaonan.division_path == cast.zaonan.division_path


def test_without_a_successor_it_waits_on_the_home_of_the_level_above(cast: Cast) -> None:
    suggestion = a_suggestion(cast, place=cast.zaonan)
    close_place(cast.zaonan, by=cast.sun, **rests())
    suggestion = Suggestion.objects.select_related("place").get(pk=suggestion.pk)
    assert why_not(cast.zhao, "suggestion.screen", suggestion) is None
    assert why_not(cast.wang, "suggestion.screen", suggestion) is not None
    assert ("suggestion.screen", cast.zaonan) in [(one.verb, one.place) for one in waiting_for(cast.zhao, TODAY)]


def test_a_subdistrict_is_merged_with_its_communities(cast: Cast) -> None:
    with pytest.raises(Refused):
        close_place(cast.maizidian, by=cast.sun, **rests())
    change = merge_place(cast.maizidian, by=cast.sun, into=cast.anzhen, **rests())
    zaobei = Place.objects.get(pk=cast.zaobei.pk)
    assert zaobei.parent == cast.anzhen
    assert Appointment.objects.get(person=cast.zhao, until=None).place == cast.anzhen
    assert Place.objects.get(pk=cast.maizidian.pk).run_by == cast.anzhen
    withdraw_change(change, by=cast.sun, reason="登记错了")
    assert Place.objects.get(pk=cast.zaobei.pk).division_path == cast.zaobei.division_path


def test_moved_under_another_subdistrict(cast: Cast) -> None:
    suggestion = a_suggestion(cast)
    change = move_place(cast.zaobei, by=cast.sun, under=cast.anzhen, **rests())
    place = Place.objects.get(pk=cast.zaobei.pk)
    assert place.parent == cast.anzhen
    assert Place.objects.under(cast.anzhen).filter(pk=place.pk).exists()
    assert Suggestion.objects.get(pk=suggestion.pk).place == place
    withdraw_change(change, by=cast.sun, reason="登记错了")
    assert Place.objects.get(pk=cast.zaobei.pk).parent == cast.maizidian


def test_a_village_becomes_a_community(cast: Cast) -> None:
    with pytest.raises(Refused):
        become_community(cast.zaobei, by=cast.sun, name="枣营社区", **rests())
    Place.objects.filter(pk=cast.zaobei.pk).update(kind=Kind.VILLAGE, name="枣营村")
    village = Place.objects.get(pk=cast.zaobei.pk)
    become_community(village, by=cast.sun, name="枣营社区", **rests())
    place = Place.objects.get(pk=village.pk)
    assert (assembly_of(place, YESTERDAY), assembly_of(place, TODAY)) == ("村民代表会议", "居民代表会议")
    assert office_of(place, YESTERDAY) == "枣营村村民委员会"


def test_split_off_and_founded(cast: Cast) -> None:
    list_estates(cast.zaobei, by=cast.liu, names=["东院", "西院"])
    east = cast.zaobei.estates.get(name="东院")
    with pytest.raises(Refused):
        split_off(cast.zaobei, by=cast.sun, name="枣营东社区", code="110105012", estates=[east], **rests())
    new = split_off(cast.zaobei, by=cast.sun, name="枣营东社区", code="110105012099", estates=[east], **rests())
    made = new.successor
    assert made is not None
    assert (made.parent, made.valid_from, [one.name for one in made.estates.all()]) == (cast.maizidian, TODAY, ["东院"])
    founded = found_place(
        cast.anzhen, by=cast.sun, name="安华里社区", code="110105008001", kind=Kind.COMMUNITY, **rests()
    )
    assert founded.successor.division_path == f"{cast.anzhen.division_path}110105008001/"
    withdraw_change(founded, by=cast.sun, reason="登记错了")
    assert not Place.objects.filter(code="110105008001").exists()
    a_suggestion(cast, place=made)
    with pytest.raises(Refused, match="并入另一个"):
        withdraw_change(new, by=cast.sun, reason="登记错了")


def test_only_the_last_change_is_taken_back(cast: Cast) -> None:
    first = rename_place(cast.zaobei, by=cast.sun, name="甲社区", **rests())
    second = rename_place(cast.zaobei, by=cast.sun, name="乙社区", **rests())
    with pytest.raises(Refused):
        withdraw_change(first, by=cast.sun, reason="错了")
    withdraw_change(second, by=cast.sun, reason="错了")
    assert Place.objects.get(pk=cast.zaobei.pk).name == "甲社区"


def test_who_is_told(cast: Cast) -> None:
    change = rename_place(cast.zaobei, by=cast.sun, name="枣营社区", **rests())
    told = Message.objects.filter(template="place.change", way="on_site")
    assert {one.to for one in told} >= {cast.wang, cast.liu, cast.zhao}
    assert told.first().body == "2026年3月5日，枣营北里社区更名为枣营社区（京朝政发〔2026〕12号）。"
    amend_change(change, by=cast.sun, document="京朝政函〔2026〕3号")
    assert Entry.objects.get(verb="place_change.amend").facts["document"] == "京朝政函〔2026〕3号"
