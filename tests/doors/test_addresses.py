"""Addresses no honest page leads to: answered with a sentence, never broken."""

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory

from tests.cast import Cast
from tests.factories.meetings import a_council
from tests.factories.publicity import a_notice
from yishiting.doors.web.shared.errors import broken

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/p/%00/", "/place-search/?q=%00", "/?q=a%00b"])
def test_a_zero_character_leads_nowhere(cast: Cast, path: str) -> None:
    """PostgreSQL refuses to be asked for one."""
    answer = Client().get(path)
    assert answer.status_code == 404
    assert "没有找到这一页" in answer.content.decode()


@pytest.mark.parametrize("path", ["ledger/entries?place=%00", "places/?q=%00", "lists/suggestions?of=%00"])
def test_a_program_is_told_so_in_its_own_way(cast: Cast, path: str) -> None:
    answer = Client().get(f"/api/v1/{path}")
    assert (answer.status_code, answer.json()) == (404, {"sentence": "没有找到", "field": ""})


def test_a_raised_two_is_no_revision_and_no_time(cast: Cast, sign_in) -> None:
    """It is a digit to Python, and no number."""
    notice = a_notice(cast)
    answer = sign_in(cast.wang).post(f"/do/notice.withdraw/{notice.pk}/", {"reason": "写错了", "revision": "²"})
    assert answer.status_code == 302
    assert Client().post("/gateway/delivery/", headers={"X-Timestamp": "²"}).status_code == 403
    assert Client().post("/follow/", {"receipt": "²²²²²²²²²²", "tail": "1234"}).status_code == 422


NINES = "9" * 5_000


def test_nobody_counts_so_far(cast: Cast, sign_in) -> None:
    """Python refuses to read so many digits; wherever a number is expected they are none."""
    notice = a_notice(cast)
    answer = sign_in(cast.wang).post(f"/do/notice.withdraw/{notice.pk}/", {"reason": "写错了", "revision": NINES})
    assert answer.status_code == 302
    assert Client().post("/gateway/delivery/", headers={"X-Timestamp": NINES}).status_code == 403
    assert Client().post("/gateway/delivery/", headers={"X-Timestamp": "9" * 400}).status_code == 403
    assert Client().get(f"/p/{cast.zaobei.code}/proposals/?for={NINES}").status_code == 200
    seen = sign_in(cast.wang).post(
        f"/api/v1/notices/{notice.pk}/withdraw",
        {"reason": "x"},
        headers={"If-Match": NINES},
        content_type="application/json",
    )
    assert (seen.status_code, seen.json()["field"]) == (422, "If-Match")


@pytest.mark.parametrize("path", ["notices/nobody", "meetings/1/postpone", "p", "files/" + "9" * 40, "notices/../x"])
def test_a_malformed_address_is_answered_to_a_program_as_any_other(cast: Cast, path: str) -> None:
    answer = Client().get(f"/api/v1/{path}")
    assert (answer.status_code, answer.json()) == (404, {"sentence": "没有找到", "field": ""})


@pytest.mark.parametrize(
    "kind", ["entry", "person", "session", "place", "throttle", "submitted_form", "sealed", "checkpoint", "nothing"]
)
def test_files_hang_on_things_people_act_on_alone(cast: Cast, kind: str) -> None:
    asked = {"subject_kind": kind, "subject_id": "12345678-1234-4234-8234-123456789012"}
    assert Client().get("/api/v1/files/", asked).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"starts_at": "2026-12-20T14:00:00"}, "starts_at"), ({"starts_at": "9999-12-20T14:00:00Z"}, "starts_at")],
)
def test_a_moment_says_its_zone_and_is_one_of_ours(cast: Cast, sign_in, wrong: dict[str, str], field: str) -> None:
    about = {"title": "协商会", "venue": "居委会", "kind": "deliberation", **wrong}
    address = f"/api/v1/councils/{a_council(cast.zaobei).pk}/meeting-plan"
    answer = sign_in(cast.wang).post(address, about, content_type="application/json")
    assert (answer.status_code, answer.json()["field"]) == (422, field)


@pytest.mark.parametrize("day", ["9999-12-31", "1899-12-31", "0001-01-01"])
def test_no_day_at_the_end_of_the_calendar_is_taken(cast: Cast, sign_in, day: str) -> None:
    about = {"place": cast.zaobei.code, "kind": "announcement", "title": "停水", "body": "周六停水。", "posted_on": day}
    answer = sign_in(cast.wang).post("/api/v1/notices/", about, content_type="application/json")
    assert (answer.status_code, answer.json()["field"]) == (422, "posted_on")


def test_what_was_shown_to_somebody_is_kept_in_no_cache(cast: Cast, sign_in) -> None:
    for address in ("/", "/desk/", "/me/", f"/p/{cast.zaobei.code}/", "/api/v1/me/"):
        assert sign_in(cast.wang).get(address)["Cache-Control"] == "private, no-store", address
    for address in ("/account/sign-in/", "/follow/", "/account/privacy/"):
        assert Client().get(address)["Cache-Control"] == "private, no-store", address
    assert "Cache-Control" not in Client().get("/")


def test_a_program_hears_of_a_breakdown_in_its_own_way(rf: RequestFactory) -> None:
    answer = broken(rf.get("/api/v1/notices/"))
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/json")
    try:
        raise OperationalError("the database is away")
    except OperationalError:
        program, page = broken(rf.get("/api/v1/notices/")), broken(rf.get("/"))
    assert (program.status_code, page.status_code, program["Retry-After"], page["Retry-After"]) == (
        503,
        503,
        "10",
        "10",
    )
