"""Production runs whole or not at all, and says in a sentence what is missing."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from yishiting.doors.commands.checks import whole_configuration
from yishiting.doors.commands.management.commands.serve import Command

KEY = "Zx81-long-and-hard-to-guess-by-anybody-else"
WHOLE = {
    "PRODUCTION": True,
    "SECRET_KEY": KEY,
    "SEAL_KEYS": [KEY, KEY.lower()],
    "ALLOWED_HOSTS": ["yishiting.example.cn"],
    "SITE": {"name": "议事厅", "owner": "", "code": "", "address": "https://yishiting.example.cn"},
    "SMS_GATEWAY": "yishiting.ground.notices.gateways.HttpGateway",
    "SMS_GATEWAY_URL": "https://sms.example.cn/send",
    "SMS_GATEWAY_SECRET": "shared",
    "DEFAULT_FROM_EMAIL": "yishiting@example.cn",
}


def at(address: str) -> dict[str, object]:
    return {"SITE": {**WHOLE["SITE"], "address": address}}


def found(settings, **wrong: object) -> list[str]:
    for name, value in {**WHOLE, **wrong}.items():
        setattr(settings, name, value)
    return [one.id.removeprefix("yishiting.") for one in whole_configuration()]


def test_a_whole_configuration_is_let_through(settings) -> None:
    assert found(settings) == []
    assert found(settings, ALLOWED_HOSTS=[".example.cn"]) == []
    assert found(settings, BEHIND_PLAIN_HTTP=True, **at("http://yishiting.example.cn")) == []


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"SECRET_KEY": "a"}, "E001"),
        ({"SEAL_KEYS": ["1"]}, "E001"),
        ({"SEAL_KEYS": [KEY, "a" * 60]}, "E001"),
        ({"ALLOWED_HOSTS": ["*"]}, "E002"),
        ({"ALLOWED_HOSTS": ["yishiting.example.cn", "*"]}, "E002"),
        (at("http://127.0.0.1:8000"), "E003"),
        (at("https://localhost"), "E003"),
        (at("http://yishiting.example.cn"), "E003"),
        (at("yishiting.example.cn"), "E003"),
        (at("https://elsewhere.example.org"), "E004"),
        ({"SMS_GATEWAY": "yishiting.ground.notices.gateways.OutboxGateway"}, "E005"),
        ({"SMS_GATEWAY_URL": ""}, "E006"),
        ({"SMS_GATEWAY_SECRET": ""}, "E006"),
        ({"SMS_GATEWAY_URL": "sms.example.cn"}, "E007"),
        ({"SMS_GATEWAY": "yishiting.nowhere.Gateway"}, "E008"),
        ({"DEFAULT_FROM_EMAIL": "yishiting@localhost"}, "W001"),
    ],
)
def test_each_gap_is_named(settings, wrong: dict[str, object], says: str) -> None:
    assert found(settings, **wrong) == [says]


def test_the_demo_may_be_what_it_likes(settings) -> None:
    assert found(settings, PRODUCTION=False, SECRET_KEY="a", ALLOWED_HOSTS=["*"]) == []


@pytest.mark.parametrize("command", ["serve", "daily", "deliver"])
def test_the_commands_run_nothing_half_configured(settings, command: str) -> None:
    found(settings, SECRET_KEY="a")
    with pytest.raises(SystemCheckError, match="YISHITING_SECRET_KEY"):
        call_command(command, skip_checks=False)
    assert Command.requires_system_checks == "__all__"
