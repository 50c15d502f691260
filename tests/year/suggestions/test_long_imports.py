"""A long file comes in by slices: the page does not wait, nothing is lost or doubled, whoever goes on goes on right."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import OPERATOR, Cast
from tests.year.suggestions.test_importing import ROWS, as_csv, bring_in
from yishiting.ground.accounts.actors import Clock
from yishiting.ground.common.refused import Refused
from yishiting.year.suggestions.actions import bring_in_the_rest, empty_file, go_on_importing, importing
from yishiting.year.suggestions.models import ImportBatch, Suggestion

WHOLE = (7, 3, 1, 3, 0)


def counts(batch: ImportBatch) -> tuple[int, ...]:
    batch.refresh_from_db()
    return (batch.rows, batch.accepted, batch.duplicates, batch.rejected, batch.waiting)


@pytest.fixture(autouse=True)
def _short_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "SLICE", 2)


def test_the_first_slice_comes_in_at_once_and_the_rest_in_the_background(
    cast: Cast, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        batch = bring_in(cast, as_csv(ROWS))
        assert counts(batch) == (7, 2, 0, 0, 5)
    assert counts(batch) == WHOLE
    assert [error["row"] for error in batch.errors] == [5, 6, 7, 8]


def test_what_was_left_is_taken_up_where_it_lay(cast: Cast) -> None:
    batch = bring_in(cast, as_csv(ROWS))
    go_on_importing(batch, by=Clock())
    assert counts(batch) == (7, 3, 0, 1, 3)
    bring_in(cast, as_csv(ROWS[:1]), name="另一个文件.csv")
    told: list[int] = []
    bring_in_the_rest(ImportBatch.objects.get(pk=batch.pk), by=OPERATOR, progress=told.append)
    assert (counts(batch), told) == (WHOLE, [2, 1])
    assert Suggestion.objects.filter(batch=batch).count() == 3
    with pytest.raises(Refused, match="已经全部处理完"):
        go_on_importing(batch, by=Clock())


def test_the_file_stays_as_long_as_rows_wait(cast: Cast) -> None:
    batch = bring_in(cast, as_csv(ROWS))
    with pytest.raises(Refused, match="还有 5 行"):
        empty_file(batch.file, by=cast.liu)
    bring_in_the_rest(batch, by=Clock())
    empty_file(ImportBatch.objects.get(pk=batch.pk).file, by=cast.liu)


def test_the_page_says_how_far_it_is_and_the_operation_too(cast: Cast, sign_in) -> None:
    batch = bring_in(cast, as_csv(ROWS))
    browser: Client = sign_in(cast.liu)
    page = browser.get(reverse("desk-import", args=[batch.pk])).content.decode()
    assert "正在后台收入：2 / 7 行" in page
    assert "every 3s" in page
    told = json.loads(browser.get(f"/api/v1/suggestions/imports/{batch.pk}").content)
    assert (told["accepted"], told["waiting"]) == (2, 5)
    bring_in_the_rest(batch, by=Clock())
    assert "every 3s" not in browser.get(reverse("desk-import", args=[batch.pk])).content.decode()
    assert sign_in(cast.qian).get(f"/api/v1/suggestions/imports/{batch.pk}").status_code == 403
