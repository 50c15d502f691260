"""The ledger: append-only in the database, signed by the day, verified offline, the first bad entry named."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from tests.cast import OPERATOR, Cast
from yishiting.ground.accounts.actors import Clock
from yishiting.ground.common.refused import NotAllowed
from yishiting.ground.entrance.actions import close_account
from yishiting.ground.ledger.actions import sign_day
from yishiting.ground.ledger.models import Checkpoint, Entry, Sealed
from yishiting.methods.commands import main as methods

DAY = date(2026, 3, 5)


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_an_entry(cast: Cast, change: str) -> None:
    row = Entry.objects.filter(seq=1)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        row.update(verb="nothing.happened") if change == "update" else row._raw_delete("default")


def kept_words() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM ledger_sealed")
        return str(cursor.fetchall())


def test_words_that_may_name_people_are_not_readable_in_the_database(cast: Cast) -> None:
    close_account(cast.liu, by=cast.system, reason="刘芳退休")
    assert Sealed.objects.latest("pk").text == "刘芳退休"
    assert kept_words()
    assert "刘芳" not in kept_words()


def test_entries_are_numbered_from_one_without_a_gap(cast: Cast) -> None:
    numbers = list(Entry.objects.order_by("seq").values_list("seq", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_day_is_signed_once_and_only_by_whom_it_concerns(cast: Cast) -> None:
    first, again = sign_day(DAY, by=Clock()), sign_day(DAY, by=OPERATOR)
    assert (first.pk, Checkpoint.objects.count()) == (again.pk, 1)
    with pytest.raises(NotAllowed):
        sign_day(DAY, by=cast.wang)


def exported(folder: Path) -> Path:
    sign_day(DAY, by=Clock())
    call_command("ledger", "export", str(folder / "ledger.jsonl"))
    return folder / "ledger.jsonl"


def verdict(capsys: pytest.CaptureFixture[str], path: Path) -> dict:
    capsys.readouterr()
    status = methods(["ledger-verify", str(path), "--json"])
    found = json.loads(capsys.readouterr().out)
    assert status == (0 if found["sound"] else 1)
    return found


def test_a_whole_export_verifies(cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = verdict(capsys, exported(tmp_path))
    assert found["sound"]
    assert (found["entries"], found["checkpoints"]) == (Entry.objects.count(), 1)


def test_a_changed_row_is_named(cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = exported(tmp_path)
    lines = path.read_text("utf-8").splitlines()
    row = json.loads(lines[4])
    row["event"]["facts"]["office"] = "auditor"
    lines[4] = json.dumps(row, ensure_ascii=False)
    path.write_text("\n".join(lines), "utf-8")
    found = verdict(capsys, path)
    assert found["first_bad_entry"]["index"] == 3
    assert "第 4 条" in found["first_bad_entry"]["sentence"]


def test_a_cut_tail_is_noticed(cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = exported(tmp_path)
    lines = [line for line in path.read_text("utf-8").splitlines() if '"seq": 8' not in line and '"seq": 9' not in line]
    path.write_text("\n".join(lines), "utf-8")
    assert verdict(capsys, path)["first_bad_entry"]["fault"] in {"truncated", "missing"}


def test_a_forged_checkpoint_is_refused(cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = exported(tmp_path)
    path.write_text(path.read_text("utf-8").replace('"signature": "', '"signature": "00'), "utf-8")
    assert methods(["ledger-verify", str(path)]) == 1
    assert "签名不对" in capsys.readouterr().err
