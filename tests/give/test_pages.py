"""What people are shown: days by the clock on their wall, sentences in their language, pages their browser can draw."""

import json
import re
from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.conftest import BEIJING, Clock
from tests.consistency.source import HOUSE
from tests.factories.meetings import planned, with_item
from tests.factories.proposals import drafted
from tests.factories.suggestions import a_suggestion
from yishiting.ground.notices.models import Message
from yishiting.overview.cycle.board import at_the_desk
from yishiting.year.proposals.actions import table_proposal

pytestmark = pytest.mark.django_db


def test_what_is_done_before_eight_in_the_morning_waits_since_that_day(cast: Cast, clock: Clock) -> None:
    clock.traveller.move_to(datetime(2026, 3, 6, 7, 30, tzinfo=BEIJING))
    with_item(cast)
    lines = at_the_desk(cast.zaobei, date(2026, 3, 6), cast.wang)
    assert [line.since for line in lines if line.verb == "meeting.convene"] == [date(2026, 3, 6)]


def test_an_early_meeting_stands_on_its_own_day_on_the_way_of_a_proposal(cast: Cast) -> None:
    proposal = drafted(cast)
    early = planned(cast, starts_at=datetime(2026, 3, 20, 7, 30, tzinfo=BEIJING))
    table_proposal(proposal, by=cast.liu, meeting=early)
    page = Client().get(reverse("public-proposal", args=[proposal.pk])).content.decode()
    assert "3月20日" in page
    assert "3月19日" not in page


@pytest.mark.parametrize("phone", ["010-64671234", "64671234"])
def test_a_telephone_on_a_desk_is_sent_no_text(cast: Cast, phone: str) -> None:
    a_suggestion(cast, phone=phone)
    assert not Message.objects.exists()


def test_a_program_is_refused_in_our_words(cast: Cast) -> None:
    address = f"/api/v1/places/{cast.zaobei.code}/suggestion-submit"
    typed = json.dumps({"text": "灯坏了", "title": "长" * 201})
    answer = Client().post(address, typed, content_type="application/json")
    assert answer.status_code == 422
    assert "String" not in answer.json()["sentence"]


def test_on_paper_the_sums_are_the_last_row_and_not_the_foot_of_every_sheet() -> None:
    rules = (HOUSE / "doors/web/shared/static/yishiting/print.css").read_text("utf8")
    assert re.search(r"tfoot\s*{[^}]*table-row-group", rules)


def test_the_script_is_whole_and_readable_for_browsers_of_2019() -> None:
    sent = Client().get(reverse("htmx"))
    script = sent.content.decode()
    assert len(script) > 40_000
    assert not re.search(r"\?\.[a-zA-Z]|\?\?", script)
    assert Client().get(reverse("htmx"), HTTP_IF_NONE_MATCH=sent["ETag"]).status_code == 304
