"""Bringing the tables to this version of the programme, and saying so where that cannot be done."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, connections

from yishiting.ground.common.upgrading import half_way, up_to_date

HALF_WAY = (
    "这个数据库还停在旧版程序升级的半路上（{apps}），这一版不能直接接着升级，也没有改动任何数据。"
    "请先换回合并迁移以前的最后一版程序，运行一次 yishiting migrate，再换上这一版。"
)
HOW = "说明见 docs/operations/deploy.md 的“Upgrading”。"


def nothing_half_way(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """`migrate` begins from where the last version before the squash ended, or from nothing."""
    standing = [app for alias in databases or () for app in half_way(connections[alias])]
    return [Error(HALF_WAY.format(apps="、".join(standing)), hint=HOW, id="yishiting.E020")] if standing else []


def bring_up_to_date() -> None:
    """Apply what this version adds to the tables."""
    must_not_be_half_way()
    call_command("migrate", verbosity=0, interactive=False)


def must_be_up_to_date() -> None:
    """Nothing is served on tables of another version."""
    must_not_be_half_way()
    if not up_to_date(connection):
        raise CommandError("数据库还没有建好，或者程序更新后还没有更新。请先运行 yishiting init。")


def must_not_be_half_way() -> None:
    """Say what has to be done first."""
    if standing := half_way(connection):
        raise CommandError(HALF_WAY.format(apps="、".join(standing)) + HOW)
