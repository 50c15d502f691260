"""Verifying an export at home: what it proves, how far, and what is wrong with it in sentences."""

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from yishiting.methods.commands import main as methods
from yishiting.methods.ledger_export import HEAD, signed_words
from yishiting.methods.merkle import Tree, event_hash

KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
PUBLIC = KEY.public_key().public_bytes_raw().hex()


def event(seq: int, **more: Any) -> dict[str, Any]:
    made = {"seq": seq, "verb": "suggestion.screen", "facts": {"result": "valid"}, **more}
    return {"event": made, "leaf": event_hash(made).hex()}


def rows(count: int) -> list[dict[str, Any]]:
    return [event(seq) for seq in range(1, count + 1)]


def checkpoint(entries: list[dict[str, Any]], size: int, key: Ed25519PrivateKey = KEY) -> dict[str, Any]:
    root = Tree(bytes.fromhex(row["leaf"]) for row in entries).root(size).hex()
    signature = key.sign(signed_words("2026-03-05", size, root)).hex()
    public = key.public_key().public_bytes_raw().hex()
    return {"day": "2026-03-05", "size": size, "root": root, "public_key": public, "signature": signature}


def written(folder: Path, *lines: Any, name: str = "ledger.jsonl") -> str:
    path = folder / name
    path.write_text("".join(json.dumps(line) + "\n" for line in (HEAD, *lines)), "utf-8")
    return str(path)


def verify(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    status = methods(["ledger-verify", *words])
    said = capsys.readouterr()
    return status, said.out + said.err


def test_an_export_without_a_checkpoint_proves_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, *rows(3))
    for words in ([path], [path, "--key", PUBLIC]):
        status, said = verify(capsys, *words)
        assert status == 3
        assert "什么也证明不了" in said
    assert json.loads(verify(capsys, path, "--json")[1])["sound"] is False


def test_the_verdict_says_how_far_it_is_signed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    all_rows = rows(5)
    path = written(tmp_path, *all_rows, {"checkpoint": checkpoint(all_rows, 3)})
    status, said = verify(capsys, path)
    assert status == 0
    assert "签名到第 3 条" in said
    assert "其余 2 条还没有签名" in said
    assert "请与公示栏上的公钥核对" in said
    assert "请与公示栏上的公钥核对" not in verify(capsys, path, "--key", PUBLIC)[1]


def test_withheld_entries_are_counted_and_cannot_be_exchanged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    all_rows = rows(3)
    point = {"checkpoint": checkpoint(all_rows, 3)}
    hidden = {"withheld": 2, "leaf": all_rows[1]["leaf"]}
    status, said = verify(capsys, written(tmp_path, all_rows[0], hidden, all_rows[2], point))
    assert (status, "其中 1 条是个人账号事项" in said) == (0, True)
    forged = {**hidden, "leaf": event_hash({"seq": 2}).hex()}
    status, said = verify(capsys, written(tmp_path, all_rows[0], forged, all_rows[2], point))
    assert (status, "账册分叉" in said) == (1, True)


def test_a_history_signed_again_with_another_key_is_found_by_the_key_one_trusts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other, all_rows = Ed25519PrivateKey.generate(), rows(3)
    path = written(tmp_path, *all_rows, {"checkpoint": checkpoint(all_rows, 3, other)})
    assert verify(capsys, path)[0] == 0
    status, said = verify(capsys, path, "--key", PUBLIC)
    assert (status, "签名不对" in said) == (1, True)


def test_a_checkpoint_from_the_notice_board_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    all_rows = rows(4)
    path, point = written(tmp_path, *all_rows), checkpoint(all_rows, 4)
    assert verify(capsys, path, "--checkpoint", f"2026-03-05:4:{point['root']}")[0] == 0
    changed = [*all_rows[:2], event(3, by="another"), all_rows[3]]
    status, said = verify(capsys, written(tmp_path, *changed), "--checkpoint", f"2026-03-05:4:{point['root']}")
    assert (status, "不符" in said) == (1, True)


@pytest.mark.parametrize("text", ["2026-03-05", "a:b:c", "2026-03-05:4:zz", "2026-03-05:-1:" + "0" * 64])
def test_what_is_no_checkpoint_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    status, said = verify(capsys, written(tmp_path, *rows(1)), "--checkpoint", text)
    assert (status, "应写成 日期:条数:总指纹" in said) == (1, True)


def test_an_earlier_export_names_the_row_that_was_rewritten_with_its_hash(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = rows(3), [event(1), event(2, by="another"), *rows(4)[2:]]
    earlier = written(tmp_path, *old, name="old.jsonl")
    path = written(tmp_path, *new, {"checkpoint": checkpoint(new, 4)})
    status, said = verify(capsys, path, "--against", earlier)
    assert (status, "第 2 条与先前留存的副本不同" in said) == (1, True)
    cut = written(tmp_path, *old[:2], {"checkpoint": checkpoint(old, 2)})
    status, said = verify(capsys, cut, "--against", earlier)
    assert (status, "第 3 条起被删去" in said) == (1, True)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"event": {"facts": {}}, "leaf": "00"}, "第 2 行缺少编号或指纹"),
        ({"event": {"seq": "1"}, "leaf": "00" * 32}, "第 2 行缺少编号或指纹"),
        ({"event": [], "leaf": "00" * 32}, "第 2 行缺少编号或指纹"),
        ({"event": {"seq": 1}, "checkpoint": {}}, "第 2 行的存证不完整"),
        ({"checkpoint": {"day": "2026-03-05", "size": "1"}}, "第 2 行的存证不完整"),
        ({"checkpoint": 7}, "第 2 行的存证不完整"),
        ({"something": "else"}, "第 2 行不是导出的账册记录"),
        (7, "第 2 行不是导出的账册记录"),
    ],
)
def test_what_is_wrong_with_a_line_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: Any, said: str
) -> None:
    status, told = verify(capsys, written(tmp_path, line))
    assert (status, said in told) == (1, True)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "文件是空的"),
        (b"\xff\xfe", "第 1 行不是导出的账册记录"),
        (b"[" * 100_000, "第 1 行不是导出的账册记录"),
        (b'{"ledger": "yishiting", "version": 1}\n', "旧版本"),
        (b'{"ledger": "another"}\n', "不是账册导出文件的开头"),
    ],
)
def test_what_is_no_export_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, said: str
) -> None:
    (tmp_path / "file").write_bytes(content)
    status, told = verify(capsys, str(tmp_path / "file"))
    assert (status, said in told) == (1, True)
