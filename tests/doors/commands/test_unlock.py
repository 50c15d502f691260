"""When the administrator who unlocks is out: whoever runs the machine lets them in again."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.cast import PASSWORD, Cast
from yishiting.ground.accounts.actors import Visitor
from yishiting.ground.entrance.actions import enter_password
from yishiting.ground.entrance.queries import locked_staff
from yishiting.ground.ledger.models import Entry


def run(*words: str) -> str:
    said = StringIO()
    call_command("unlock-account", *words, stdout=said)
    return said.getvalue()


def locked(cast: Cast) -> None:
    for _n in range(5):
        enter_password("security", by=Visitor(), password="wrong")
    assert list(locked_staff(timezone.now())) == [cast.security]


def test_the_operator_unlocks(cast: Cast) -> None:
    locked(cast)
    assert "已解锁 security" in run("security")
    assert list(locked_staff(timezone.now())) == []
    assert Entry.objects.latest("seq").verb == "account.unlock"


def test_the_operator_replaces_password_and_authenticator(cast: Cast) -> None:
    first = run("security", "--password", "--second-factor", "手机丢失").strip().rpartition("：")[2]
    cast.security.refresh_from_db()
    assert (cast.security.totp_confirmed_at, cast.security.password_changed_at) == (None, None)
    assert enter_password("security", by=Visitor(), password=PASSWORD).person is None
    assert enter_password("security", by=Visitor(), password=first).person == cast.security


def test_nobody_else_is_unlocked(cast: Cast) -> None:
    with pytest.raises(CommandError, match="没有登录名"):
        run("lu")
    with pytest.raises(CommandError, match="没有登录名"):
        run("nobody")
    assert not Entry.objects.filter(verb="account.unlock").exists()


def test_what_cannot_be_done_is_said(cast: Cast) -> None:
    run("security", "--second-factor", "手机丢失")
    with pytest.raises(CommandError, match="还没有绑定"):
        run("security", "--second-factor", "手机丢失")


def test_the_general_command_closes_accounts_and_gives_no_secret_away(cast: Cast) -> None:
    said = StringIO()
    for code in ("account.reset_password", "account.renew_recovery_codes", "account.correct"):
        with pytest.raises(CommandError, match=r"不经过程序|程序不代办"):
            call_command("do", code, "wang", "--as", "system", stdout=said)
    with pytest.raises(CommandError, match="接口令牌"):
        call_command("do", "account.enter_password", "wang", "--as", "visitor", "password=x", stdout=said)
    with pytest.raises(CommandError, match="要保密"):
        call_command("do", "token.issue", "wang", "name=取数", "expires_on=2026-4-1", "--as", "wang", stdout=said)
    assert not cast.wang.tokens.exists()
    call_command("do", "account.close", "wang", "--as", "system", "reason=调离", stdout=said)
    cast.wang.refresh_from_db()
    assert not cast.wang.is_active
    assert cast.wang.password not in said.getvalue()
