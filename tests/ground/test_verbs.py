"""What every verb does for free: a transaction, a lock, the permission, one ledger row."""

from datetime import date

import pytest

from tests.cast import OPERATOR, Cast
from yishiting.ground.common.refused import NotAllowed, Refused, Stale
from yishiting.ground.common.verbs import as_seen
from yishiting.ground.ledger.models import Entry
from yishiting.ground.organisations.actions import amend_organisation, appoint, register_organisation
from yishiting.ground.organisations.models import Office, OrganisationKind


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
