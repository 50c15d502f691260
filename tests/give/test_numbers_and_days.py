"""Telephone numbers however they are written, and days as Beijing counts them."""

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from tests.cast import OPERATOR, Cast
from tests.conftest import BEIJING, Clock
from tests.factories import meetings, proposals, publicity
from tests.factories import suggestions as S
from yishiting.ground.notices.models import Message
from yishiting.ground.seasons.actions import load_holidays
from yishiting.instruments.publicity.actions import answer_objection
from yishiting.methods.workdays import national_holidays
from yishiting.overview.cycle.board import at_the_desk
from yishiting.year.proposals.actions import table_proposal

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("contact", ["139 0000 0009", "139-0000-0009", "+8613900000009", "１３９００００００９９"])
def test_an_objector_is_told_however_the_number_was_written(cast: Cast, contact: str) -> None:
    objection = publicity.an_objection(publicity.a_notice(cast), contact=contact)
    before = Message.objects.count()
    answer_objection(objection, by=cast.liu, upheld=False, answer="查无此事。")
    assert Message.objects.count() == before + 1


def test_new_years_day_is_no_working_day(cast: Cast, clock: Clock) -> None:
    load_holidays(cast.district, by=OPERATOR, table=national_holidays())
    clock.to(date(2026, 12, 28))  # Monday; 29, 30, 31 December, 4 and 5 January are the five working days
    assert publicity.a_notice(cast).last_day >= date(2027, 1, 5)


def test_my_information_says_beijing_days(cast: Cast, clock: Clock, sign_in: Any) -> None:
    clock.traveller.move_to(datetime(2026, 3, 6, 0, 30, tzinfo=BEIJING))
    S.a_suggestion(cast, by=cast.lu, phone="")
    kept = sign_in(cast.lu).get("/me/information/download/").content.decode()
    assert "2026-03-05T16:30" not in kept
    assert "locked until" not in kept


def test_days_are_beijing_days(cast: Cast, clock: Clock) -> None:
    clock.traveller.move_to(datetime(2026, 3, 6, 7, 30, tzinfo=BEIJING))
    meetings.with_item(cast)
    since = [w.since for w in at_the_desk(cast.zaobei, date(2026, 3, 6), cast.wang) if w.verb == "meeting.convene"]
    assert since == [date(2026, 3, 6)]


def test_a_morning_meeting_on_the_public_path(cast: Cast, clock: Clock) -> None:
    p = proposals.drafted(cast)
    m = meetings.planned(cast, starts_at=datetime(2026, 3, 20, 7, 30, tzinfo=BEIJING))
    table_proposal(p, by=cast.liu, meeting=m)
    page = Client().get(f"/proposals/{p.pk}/").content.decode()
    assert "3月20日" in page
    assert "3月19日" not in page


@pytest.mark.parametrize("phone", ["010-64671234", "64671234"])
def test_no_text_message_to_a_fixed_line(cast: Cast, phone: str) -> None:
    S.a_suggestion(cast, phone=phone)
    assert not Message.objects.exists()
