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
    assert "已签署到第 3 条，其后 2 条未签署" in said
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
    assert (status, "不是用您给的公钥签名的" in said) == (1, True)
    dressed = {"checkpoint": checkpoint(all_rows, 3, other) | {"public_key": PUBLIC}}
    status, said = verify(capsys, written(tmp_path, *all_rows, dressed), "--key", PUBLIC.upper())
    assert (status, "签名不对" in said) == (1, True)


def test_a_key_that_is_none_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, said = verify(capsys, written(tmp_path, *rows(1)), "--key", "abc")
    assert (status, "公钥应为 64 位十六进制数" in said) == (1, True)


def test_a_tail_cut_together_with_its_signatures_is_found_by_the_notice_board(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    all_rows = rows(6)
    cut = written(tmp_path, *all_rows[:4], {"checkpoint": checkpoint(all_rows, 4)})
    assert verify(capsys, cut, "--key", PUBLIC)[0] == 0
    board = f"2026-03-06:6:{checkpoint(all_rows, 6)['root']}"
    status, said = verify(capsys, cut, "--key", PUBLIC, "--checkpoint", board)
    assert (status, "第 5 条起被删去" in said) == (1, True)


def test_a_signature_hidden_by_one_letter_is_no_signature(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    all_rows = rows(2)
    path = written(tmp_path, *all_rows, {"checkpoimt": checkpoint(all_rows, 2)})
    status, said = verify(capsys, path)
    assert (status, "第 4 行不是导出的账册记录" in said) == (1, True)


@pytest.mark.parametrize(
    ("line", "twice"),
    [
        ('{"event": {"seq": 1, "n": 999, "n": 6}, "leaf": "%s"}', "n"),
        ('{"event": {"seq": 1, "n": 6}, "leaf": "00", "leaf": "%s"}', "leaf"),
    ],
)
def test_a_field_written_twice_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, twice: str
) -> None:
    path = written(tmp_path)
    with Path(path).open("a", encoding="utf-8") as file:
        file.write(line % event_hash({"seq": 1, "n": 6}).hex() + "\n")
    status, said = verify(capsys, path)
    assert (status, f"第 2 行：字段“{twice}”写了两次" in said) == (1, True)


def test_an_event_without_canonical_form_is_told_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    deep: Any = 1
    for _ in range(700):
        deep = [deep]
    for facts, said in ((1.5, "第 3 行：facts：只收"), ("\ud800", "第 3 行：记录中含有无效的字符"), (deep, "第 3 行")):
        lines = [event(1), {"event": {"seq": 2, "facts": facts}, "leaf": "00" * 32}]
        status, told = verify(capsys, written(tmp_path, *lines))
        assert (status, said in told) == (1, True)


def test_a_fault_of_the_earlier_export_is_said_to_be_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    all_rows = rows(3)
    path = written(tmp_path, *all_rows, {"checkpoint": checkpoint(all_rows, 3)})
    earlier = written(tmp_path, all_rows[0], all_rows[2], name="old.jsonl")
    status, said = verify(capsys, path, "--against", earlier)
    assert (status, "以前下载的那一份（old.jsonl）本身不能用：第 3 行的编号是 3，应为 2" in said) == (1, True)
    assert verify(capsys, path, "--against", written(tmp_path, *all_rows[:2], name="old.jsonl"))[0] == 0


def test_an_earlier_export_is_no_signature(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, earlier = written(tmp_path, *rows(3)), written(tmp_path, *rows(2), name="old.jsonl")
    status, said = verify(capsys, path, "--against", earlier)
    assert (status, "前 2 条与您以前下载的一致" in said) == (3, True)


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
        ({"event": {"seq": 1}, "checkpoint": {}}, "第 2 行不是导出的账册记录"),
        ({"checkpoint": {"day": "2026-03-05", "size": "1"}}, "第 2 行的存证不完整"),
        ({"checkpoint": 7}, "第 2 行的存证不完整"),
        ({"something": "else"}, "第 2 行不是导出的账册记录"),
        ({"event": {"seq": 1}, "leaf": "00" * 32, "note": ""}, "第 2 行不是导出的账册记录"),
        ({"withheld": True, "leaf": "00" * 32}, "第 2 行缺少编号或指纹"),
        ({"checkpoint": checkpoint([], 0) | {"day": "2026-13-45"}}, "第 2 行的存证不完整"),
        (None, "第 2 行不是导出的账册记录"),
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
