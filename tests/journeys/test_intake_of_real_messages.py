"""Intake on real messages: the file, every row accounted for, through the command, through the web, found again."""

import csv
import io
import json
from datetime import UTC, date
from pathlib import Path

import openpyxl
import pytest
from django.core.management import call_command
from django.urls import reverse

from tests.cast import Cast
from tests.methods.oracle_data import data
from yishiting.ground.common.reading import visible
from yishiting.ground.ledger.models import Entry
from yishiting.year.suggestions.actions import import_suggestions
from yishiting.year.suggestions.models import ImportBatch, Suggestion
from yishiting.year.suggestions.queries.importing import plan_import
from yishiting.year.suggestions.queries.intake import suggestions_at
from yishiting.year.suggestions.queries.search import search

pytestmark = pytest.mark.oracle
ROWS = 2380


@pytest.fixture
def messages() -> list[dict[str, str]]:
    text = data("messages/messages.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def as_xlsx(rows: list[dict[str, str]], path: Path) -> Path:
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet()
    page.append(list(rows[0]))
    for row in rows:
        page.append(list(row.values()))
    book.save(path)
    return path


def command(path: Path, cast: Cast, *more: str) -> dict[str, object]:
    out = io.StringIO()
    call_command(
        "import-suggestions",
        str(path),
        "--place",
        cast.zaobei.code,
        "--channel",
        "hotline",
        "--json",
        *more,
        stdout=out,
    )
    return json.loads(out.getvalue())


def counts(told: dict[str, object]) -> tuple[object, ...]:
    return told["rows"], told["accepted"], told["duplicates"], told["rejected"]


def test_the_command_accounts_for_every_row_twice(cast: Cast, messages, tmp_path: Path) -> None:
    path = data("messages/messages.csv")
    assert counts(command(path, cast, "--dry-run")) == (ROWS, ROWS, 0, 0)
    assert not Suggestion.objects.exists()
    entries = Entry.objects.count()
    assert counts(command(path, cast)) == (ROWS, ROWS, 0, 0)
    handed_in, slices = 1, 3
    assert Entry.objects.count() == entries + handed_in + slices + ROWS
    assert counts(command(path, cast)) == (ROWS, 0, ROWS, 0)
    assert counts(command(as_xlsx(messages, tmp_path / "messages.xlsx"), cast)) == (ROWS, 0, ROWS, 0)
    assert Suggestion.objects.count() == ROWS


def test_no_word_is_altered_and_the_originals_are_kept(cast: Cast, messages) -> None:
    command(data("messages/messages.csv"), cast)
    kept = {one.outside_number: one for one in Suggestion.objects.all()}
    for row in messages:
        one = kept[row["留言编号"]]
        assert one.original == row
        assert one.text == row["留言详情"].strip()
        assert one.title == " ".join(visible(row["留言主题"]).split())  # only what nobody sees is left out
        assert one.said_at.isoformat() == as_utc(row["留言时间"])
        assert one.received_on == date(2026, 3, 5)


def test_the_same_words_of_different_people_are_both_kept(cast: Cast, messages) -> None:
    command(data("messages/messages.csv"), cast)
    said = [(" ".join(row["留言主题"].split()), row["留言详情"]) for row in messages]
    twice = len(said) - len(set(said))
    assert twice > 0
    assert Suggestion.objects.count() == ROWS


def test_excel_and_csv_say_the_same(cast: Cast, messages, tmp_path: Path) -> None:
    today = date(2026, 3, 5)
    from_csv = plan_import(cast.zaobei, "hotline", data("messages/messages.csv").read_bytes(), today)
    from_xlsx = plan_import(cast.zaobei, "hotline", as_xlsx(messages, tmp_path / "m.xlsx").read_bytes(), today)
    assert [row.words for row in from_csv.fresh] == [row.words for row in from_xlsx.fresh]


def dirty(rows: list[dict[str, str]]) -> bytes:
    """Real messages made as dirty as exports are: wrapped, escaped, two time formats, what cannot be taken."""
    out = io.StringIO(newline="")
    table = csv.DictWriter(out, list(rows[0]))
    table.writeheader()
    for n, row in enumerate(rows):
        spoilt = dict(row, 留言详情=f"\t\t\n{row['留言详情']}_x000D_\n\t")
        if n % 2:
            day, clock = row["留言时间"].split("T")
            year, month, of_month = map(int, day.split("-"))
            spoilt["留言时间"] = f"{year}/{month}/{of_month} {clock}"
        if n == 7:
            spoilt["留言时间"] = "2019-02-30T08:00:00"
        if n == 8:
            spoilt["留言主题"] = spoilt["留言详情"] = " "
        table.writerow(spoilt)
    table.writerow(dict(rows[0], 留言编号=rows[1]["留言编号"]))
    return out.getvalue().encode("gb18030")


def test_dirt_is_survived_and_what_is_refused_is_said(cast: Cast, messages) -> None:
    rows = messages[:300]
    batch = import_suggestions(cast.zaobei, by=cast.liu, channel="hotline", name="脏.csv", content=dirty(rows))
    assert (batch.rows, batch.accepted, batch.duplicates, batch.rejected) == (301, 298, 0, 3)
    assert [error["row"] for error in batch.errors] == [9, 10, 302]
    clean = {row["留言编号"]: row for row in rows}
    for one in Suggestion.objects.all():
        assert one.text == clean[one.outside_number]["留言详情"].strip()
        assert one.said_at.isoformat() == as_utc(clean[one.outside_number]["留言时间"])


def as_utc(beijing: str) -> str:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    moment = datetime.fromisoformat(beijing).replace(tzinfo=ZoneInfo("Asia/Shanghai"))
    return moment.astimezone(UTC).isoformat()


def test_through_the_web_as_little_liu_does_it(cast: Cast, messages, sign_in) -> None:
    browser, place = sign_in(cast.liu), cast.zaobei.code
    file = io.BytesIO(dirty(messages[:120]))
    file.name = "12345工单.csv"
    check = browser.post(reverse("import-hand-in", args=[place]), {"channel": "hotline", "file": file}).url
    once = str(browser.get(check).context["once"])
    result = browser.get(browser.post(check, {"once": once}).url)
    assert [stat.value for stat in result.context["stats"]] == [121, 118, 0, 3]
    batch = ImportBatch.objects.get()
    annotated = browser.get(reverse("import-annotated", args=[batch.pk])).content
    last = list(openpyxl.load_workbook(io.BytesIO(annotated)).worksheets[0].iter_rows(values_only=True))[-1]
    assert "内容与已收的不同" in last[-1]
    report = browser.get(reverse("desk-solicitation-report", args=[place])).context["report"]
    assert (report.said, report.on_behalf) == (118, 0)


@pytest.mark.parametrize("word", ["停车", "电梯", "小区", "车", "广场舞", "A7县", "公交车", "噪音"])
def test_search_finds_exactly_what_says_the_word(cast: Cast, messages, word: str) -> None:
    command(data("messages/messages.csv"), cast)
    said = {row["留言编号"] for row in messages if word.lower() in f"{row['留言主题']}\n{row['留言详情']}".lower()}
    found = set(search(suggestions_at(cast.zaobei), word).values_list("outside_number", flat=True))
    assert said <= found
    assert len(found - said) <= len(said) // 50
