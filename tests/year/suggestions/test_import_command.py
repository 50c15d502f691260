"""`yishiting import-suggestions`: says in words or in JSON what became of each row; refuses with one sentence."""

import io
import json
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from tests.cast import Cast
from tests.year.suggestions.test_importing import ROWS, as_csv
from yishiting.ground.ledger.models import Entry
from yishiting.year.suggestions.models import Suggestion


def run(path: Path, cast: Cast, *more: str) -> str:
    out = io.StringIO()
    call_command("import-suggestions", str(path), "--place", cast.zaobei.code, *more, stdout=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "工单.csv"
    path.write_bytes(as_csv(ROWS))
    return path


def test_in_words(cast: Cast, file: Path) -> None:
    told = run(file, cast)
    assert "共 7 行，收入 3，重复 1，未收 3" in told
    assert "第 6 行：时间“2026-02-30”不存在" in told
    assert Entry.objects.latest("seq").actor_kind == "operator"


def test_a_dry_run_writes_nothing(cast: Cast, file: Path) -> None:
    told = json.loads(run(file, cast, "--dry-run", "--json"))
    assert (told["rows"], told["accepted"], told["duplicates"], told["rejected"]) == (7, 3, 1, 3)
    assert told["dry_run"] is True
    assert not Suggestion.objects.exists()


def test_a_dry_run_says_what_to_check_in_rows_that_are_taken(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "意见箱.csv"
    file.write_bytes(as_csv([["灯不亮", "wx_lihua", "是"]], ["建议内容", "电话", "希望联系"]))
    assert "照收，但请核对第 2 行：本人希望联系" in run(file, cast, "--dry-run")
    told = json.loads(run(file, cast, "--dry-run", "--json"))
    assert (told["accepted"], [one["row"] for one in told["remarks"]]) == (1, [2])


def test_the_refused_rows_come_back_in_the_same_table(cast: Cast, file: Path, tmp_path: Path) -> None:
    run(file, cast, "--json", "--refused", str(tmp_path / "未收.xlsx"))
    sheet = openpyxl.load_workbook(tmp_path / "未收.xlsx").worksheets[0]
    assert sheet["H1"].value == "未收原因"
    assert "没有内容" in sheet["H5"].value


@pytest.mark.parametrize(
    ("more", "says"),
    [(["--place", "999"], "没有区划代码 999"), (["--channel", "dream"], "dream")],
)
def test_a_wrong_place_or_channel_is_said(cast: Cast, file: Path, more: list[str], says: str) -> None:
    with pytest.raises(CommandError, match=says):
        run(file, cast, *more)


def test_a_missing_or_wrong_file_is_said(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="打不开文件"):
        run(tmp_path / "没有.csv", cast)
    wrong = tmp_path / "x.pdf"
    wrong.write_bytes(b"%PDF-1.7")
    for more in ([], ["--dry-run"]):
        with pytest.raises(CommandError, match="这是 PDF"):
            run(wrong, cast, *more)
