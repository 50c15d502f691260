"""The ledger over the API: entries in words, checkpoints, the export."""

from django.test import Client

from tests.cast import Cast
from tests.factories.suggestions import a_valid_one
from yishiting.ground.entrance.actions import unlock
from yishiting.ground.ledger.models import Entry


def test_entries_are_told_in_words_and_name_no_account(client: Client, cast: Cast) -> None:
    one = a_valid_one(cast)
    answer = client.get(f"/api/v1/ledger/entries?subject_kind=suggestion&subject_id={one.pk}")
    newest = answer.json()["items"][0]
    assert newest["number"] == Entry.objects.get(verb="suggestion.screen").seq
    assert newest["page"] == f"/suggestions/{one.pk}/"
    assert newest["sentence"].endswith("。")
    assert {"label": "四项标准", "value": "客观性符合，公共性符合，合法性符合，可行性符合"} in newest["noted"]
    assert str(cast.liu.pk) not in answer.content.decode()


def test_entries_of_a_persons_own_account_are_not_listed(client: Client, cast: Cast) -> None:
    unlock(cast.liu, by=cast.security)
    found = client.get(f"/api/v1/ledger/entries?subject_kind=person&subject_id={cast.liu.pk}").json()
    assert (found["items"], found["total"]) == ([], 0)
    assert "account.unlock" not in client.get("/api/v1/ledger/entries").content.decode()
