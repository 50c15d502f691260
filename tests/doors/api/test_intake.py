"""The same verbs through the API: done, refused with the sentence, nobody's name in a list."""

import io
import json

from django.test import Client

from tests.cast import Cast
from tests.factories.suggestions import LAMP, a_slip, a_suggestion
from tests.year.suggestions.test_importing import ROWS, as_csv
from yishiting.year.suggestions.models import Suggestion


def post(browser: Client, path: str, **body: object):
    return browser.post(f"/api/v1{path}", json.dumps(body), content_type="application/json")


def test_a_visitor_suggests_and_follows(cast: Cast, client: Client) -> None:
    taken = post(client, f"/places/{cast.zaobei.code}/suggestion-submit", text=LAMP, phone="13900000021")
    assert taken.status_code == 201
    told = taken.json()
    followed = post(client, "/suggestions/follow", receipt=told["receipt"], tail="0021").json()
    assert (followed["text"], followed["state"], followed["answers"]) == (LAMP, "received", [])
    assert client.get(f"/follow/{told['token']}/").status_code == 200


def test_refusals_say_the_sentence_and_the_field(cast: Cast, client: Client) -> None:
    refused = post(client, f"/places/{cast.zaobei.code}/suggestion-submit", text=" ")
    assert (refused.status_code, refused.json()["field"]) == (422, "text")
    assert post(client, f"/places/{cast.zaobei.code}/suggestion-take-down", text="灯", channel="box").status_code == 403
    assert post(client, "/places/999/suggestion-submit", text="灯").status_code == 404
    one = a_suggestion(cast)
    wrong = post(client, "/suggestions/follow", receipt=one.receipt, tail="9999")
    assert (wrong.status_code, wrong.json()["field"]) == (422, "tail")


def test_the_desk_takes_down_settles_and_strikes(cast: Cast, sign_in) -> None:
    browser = sign_in(cast.liu)
    held = post(
        browser,
        f"/places/{cast.zaobei.code}/session-hold",
        title="座谈会",
        channel="forum",
        held_on="2026-03-02",
        resident=9,
    )
    assert held.json()["participant_count"] == 9
    slip = post(
        browser,
        f"/places/{cast.zaobei.code}/suggestion-take-down",
        text="灯坏了",
        channel="forum",
        session=held.json()["id"],
    ).json()
    settled = post(browser, f"/suggestions/{slip['id']}/settle", text="已换好")
    assert settled.json()["kind"] == "settled"
    assert post(browser, f"/suggestions/{slip['id']}/settle", text="又换").status_code == 409
    other = a_slip(cast)
    assert post(browser, f"/suggestions/{other.pk}/strike").json()["state"] == "struck"
    assert browser.get("/api/v1/lists/sessions", {"of": cast.zaobei.code}).json()["total"] == 1


def test_the_list_is_for_those_who_work_with_it_and_names_nobody(cast: Cast, sign_in, client: Client) -> None:
    a_suggestion(cast, name="陆桂芳")
    assert client.get("/api/v1/lists/suggestions", {"of": cast.zaobei.code}).status_code == 403
    answer = sign_in(cast.liu).get("/api/v1/lists/suggestions", {"of": cast.zaobei.code, "q": "楼道灯"})
    assert answer.json()["total"] == 1
    assert "陆桂芳" not in answer.content.decode()
    assert "13900000021" not in answer.content.decode()


def test_a_file_is_tried_and_brought_in(cast: Cast, sign_in) -> None:
    browser, url = sign_in(cast.liu), f"/api/v1/suggestions/at/{cast.zaobei.code}/imports"
    for dry_run, kept in ((True, 0), (False, 3)):
        told = browser.post(url, {"file": named(as_csv(ROWS)), "channel": "hotline", "dry_run": dry_run}).json()
        assert (told["rows"], told["accepted"], told["duplicates"], told["rejected"]) == (7, 3, 1, 3)
        assert Suggestion.objects.count() == kept
    assert browser.post(url, {"file": named(b"%PDF"), "dry_run": True}).json()["field"] == "file"
    assert sign_in(cast.qian).post(url, {"file": named(as_csv(ROWS)), "dry_run": True}).status_code == 403


def named(content: bytes) -> io.BytesIO:
    file = io.BytesIO(content)
    file.name = "工单.csv"
    return file
