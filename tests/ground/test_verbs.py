"""What every verb does for free: a transaction, a lock, the permission, one ledger row."""

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace

import pytest
from django.db import models

from tests.cast import OPERATOR, Cast
from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.permissions import anyone
from yishiting.ground.common.lifecycle import Lifecycle, transition
from yishiting.ground.common.refused import NotAllowed, Refused, Stale, WrongState
from yishiting.ground.common.verbs import VERBS, as_seen, verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.ledger.models import Entry
from yishiting.ground.organisations.actions import amend_organisation, appoint, register_organisation
from yishiting.ground.organisations.models import Office, Organisation, OrganisationKind
from yishiting.ground.seasons.queries import rules_for


def test_a_verb_leaves_one_ledger_row_naming_the_office(cast: Cast) -> None:
    before = Entry.objects.count()
    register_organisation(cast.zaobei, by=cast.wang, kind=OrganisationKind.PROPERTY_COMPANY, name="安居物业")
    entry = Entry.objects.latest("seq")
    assert Entry.objects.count() == before + 1
    assert (entry.verb, entry.office, entry.place_code) == (
        "organisation.register",
        "community_secretary",
        "110105012022",
    )
    assert entry.actor_id == str(cast.wang.pk)


def test_a_refused_verb_leaves_nothing(cast: Cast) -> None:
    before = Entry.objects.count()
    with pytest.raises(NotAllowed, match="本地"):
        register_organisation(cast.zaobei, by=cast.qian, kind=OrganisationKind.PROPERTY_COMPANY, name="安居物业")
    assert Entry.objects.count() == before


def test_a_stale_page_is_refused(cast: Cast) -> None:
    unit = register_organisation(cast.zaobei, by=cast.wang, kind=OrganisationKind.RESIDENT_UNIT, name="枣营小学")
    seen = unit.revision
    amend_organisation(unit, by=cast.liu, name="枣营第一小学", contact_name="", contact_phone="")
    with pytest.raises(Stale, match="已经被别人处理过"), as_seen(seen):
        amend_organisation(unit, by=cast.wang, name="枣营小学分校", contact_name="", contact_phone="")


def test_an_administrator_holds_no_office(cast: Cast) -> None:
    with pytest.raises(Refused, match="三员不得兼任"):
        appoint(cast.zaobei, by=OPERATOR, person=cast.audit, office=Office.AUDITOR, since=date(2026, 1, 1))


@pytest.fixture
def trial() -> Iterator[dict[str, object]]:
    """A permission under which verbs may be made for one test; they are gone afterwards."""
    usual = set(VERBS)
    yield {"trial.run": anyone}
    for code in set(VERBS) - usual:
        del VERBS[code]


@pytest.mark.parametrize("rows", [0, 2])
def test_a_verb_that_does_not_write_one_row_is_a_mistake_and_undone(cast: Cast, trial: dict, rows: int) -> None:
    @verb("trial.run", "试", trial)
    def run(unit: Organisation, *, by: Actor) -> None:
        """Try."""
        unit.name = "改过的名字"
        unit.save(update_fields=["name"])
        for _n in range(rows):
            write_entry(unit)

    unit = register_organisation(cast.zaobei, by=cast.wang, kind=OrganisationKind.RESIDENT_UNIT, name="枣营小学")
    entries = Entry.objects.count()
    with pytest.raises(RuntimeError, match=f"wrote {rows} ledger rows"):
        run(unit, by=cast.wang)
    unit.refresh_from_db()
    assert (unit.name, unit.revision, Entry.objects.count()) == ("枣营小学", 0, entries)


def test_the_row_names_the_rules_the_verb_looked_at_and_no_others(cast: Cast, trial: dict) -> None:
    """Nobody has to remember to keep them: what was asked for is what was gone by, before the row is written or after."""

    @verb("trial.run", "试", trial)
    def run(unit: Organisation, *, by: Actor, which: str = "") -> None:
        """Try."""
        if which == "before":
            rules_for(unit.place)
        write_entry(unit, rules="usual/2025" if which == "kept" else "")
        if which in ("after", "kept"):
            rules_for(unit.place)

    unit = register_organisation(cast.zaobei, by=cast.wang, kind=OrganisationKind.RESIDENT_UNIT, name="枣营小学")
    now = rules_for(cast.zaobei).label
    for which, label in {"": "", "before": now, "after": now, "kept": "usual/2025"}.items():
        run(unit, by=cast.wang, which=which)
        assert Entry.objects.latest("seq").rules == label


def test_what_goes_wrong_after_the_row_was_written_leaves_no_row(cast: Cast, trial: dict) -> None:
    @verb("trial.run", "试", trial)
    def run(unit: Organisation, *, by: Actor) -> None:
        """Try."""
        write_entry(unit)
        raise Refused("不行。")

    unit = register_organisation(cast.zaobei, by=cast.wang, kind=OrganisationKind.RESIDENT_UNIT, name="枣营小学")
    entries = Entry.objects.count()
    with pytest.raises(Refused, match="不行"):
        run(unit, by=cast.wang)
    assert Entry.objects.count() == entries


def test_no_row_is_written_outside_a_verb(cast: Cast) -> None:
    with pytest.raises(RuntimeError, match="only inside a verb"):
        write_entry(None)


def test_a_target_this_state_does_not_lead_to_is_a_refusal_with_a_sentence(cast: Cast) -> None:
    """Two officials press the same button: the second is told how things stand, nothing breaks."""

    class States(models.TextChoices):
        FRESH, SHOWN, HIDDEN = ("fresh", "待定"), ("shown", "已展示"), ("hidden", "未展示")

    table = Lifecycle(
        States,
        "fresh",
        transition("card.judge", ["fresh", "hidden"], "shown", "展示"),
        transition("card.judge", ["fresh", "shown"], "hidden", "不展示"),
    )
    card = SimpleNamespace(state="fresh")
    table.advance(card, "card.judge", to="shown")
    with pytest.raises(WrongState, match="已展示"):
        table.advance(card, "card.judge", to="shown")
    table.advance(card, "card.judge", to="hidden")
    assert card.state == "hidden"
