"""The commands of docs/how-to/use-the-api.md, run as they stand, and the answers shown under them."""

import json
import re
import shlex
from datetime import date
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import urlsplit

from django.test import Client

from tests.cast import Cast
from tests.doors.api.program import BASE
from tests.factories import publicity
from yishiting.ground.entrance.actions import issue_token
from yishiting.instruments.publicity.models import NoticeKind

PAGE = Path(__file__).parents[3] / "docs/how-to/use-the-api.md"
BLOCK = re.compile(r"^```(sh|json)(?: (\d+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
KEPT = re.compile(r"^(\w+)=\$\((.*)\| jq -r \.(\w+)\)$", re.DOTALL)


def test_the_commands_of_the_how_to_run_as_they_stand(cast: Cast) -> None:
    publicity.a_notice(cast, kind=NoticeKind.SOLICITATION, title="2026年度征集建议公告")
    _token, text = issue_token(cast.wang, by=cast.wang, name="文档", expires_on=date(2026, 12, 31))
    known = {"API": BASE, "TOKEN": text}
    blocks = BLOCK.findall(PAGE.read_text("utf8"))
    shown = 0
    for n, (kind, _status, words) in enumerate(blocks):
        if kind != "sh":
            continue
        told = blocks[n + 1] if n + 1 < len(blocks) and blocks[n + 1][0] == "json" else ("json", "", "")
        status, answer = run(words.strip(), known)
        assert status == int(told[1] or status), (words, answer)
        assert status < 400 or told[1], (words, answer)
        if told[2]:
            assert_shows(json.loads(told[2]), answer)
            shown += 1
    assert shown >= 6
    assert known.keys() == {"API", "TOKEN", "NOTICE", "OBJECTION"}


def run(command: str, known: dict[str, str]) -> tuple[int, Any]:
    """A curl command, perhaps keeping one field of its answer in a variable."""
    kept = KEPT.match(command)
    words = shlex.split(Template(kept[2] if kept else command).safe_substitute(known).replace("\\\n", " "))
    assert words[:2] == ["curl", "-s"]
    headers = dict(words[n + 1].split(": ", 1) for n, word in enumerate(words) if word == "-H")
    body = next((words[n + 1] for n, word in enumerate(words) if word == "-d"), None)
    answer = send(words[2], headers, body)
    if kept:
        known[kept[1]] = answer.json()[kept[3]]
    return answer.status_code, answer.json()


def send(address: str, headers: dict[str, str], body: str | None) -> Any:
    browser, target = Client(), urlsplit(address)
    path = f"{target.path}?{target.query}" if target.query else target.path
    if body is None:
        return browser.get(path, headers=headers)
    kind = headers.pop("Content-Type")
    return browser.post(path, body, content_type=kind, headers=headers)


def assert_shows(told: Any, answer: Any) -> None:
    """Everything the page shows is in the answer; … stands for anything."""
    if isinstance(told, dict):
        for key, value in told.items():
            assert_shows(value, answer[key])
    elif isinstance(told, list):
        assert len(told) == len(answer)
        for one, other in zip(told, answer, strict=True):
            assert_shows(one, other)
    else:
        assert told in ("…", answer)
