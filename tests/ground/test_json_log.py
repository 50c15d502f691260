"""The log for machines: one object a line."""

import json
import logging
import sys

from yishiting.ground.common.json_log import JsonFormatter


def line(message: str, *values: object, failed: bool = False) -> str:
    caught = None
    if failed:
        try:
            raise ValueError("坏了\n两行")
        except ValueError:
            caught = sys.exc_info()
    record = logging.LogRecord("yishiting.sender", logging.WARNING, __file__, 1, message, values, caught)
    return JsonFormatter().format(record)


def test_a_line_is_one_object_whatever_it_says() -> None:
    said = line('第%s条\n"没有"送达', 3)
    assert "\n" not in said
    told = json.loads(said)
    assert (told["level"], told["logger"], told["message"]) == ("WARNING", "yishiting.sender", '第3条\n"没有"送达')
    assert told["at"].endswith("+00:00")
    assert "traceback" not in told


def test_a_traceback_stays_with_its_line() -> None:
    said = line("停了", failed=True)
    assert "\n" not in said
    assert "ValueError: 坏了" in json.loads(said)["traceback"]
