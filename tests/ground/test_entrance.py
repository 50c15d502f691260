"""Coming in and accounts: the verbs and the rules behind the pages."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import PASSWORD, TODAY, TOTP_SECRET, Cast
from yishiting.ground.accounts.actors import Clock, Visitor
from yishiting.ground.accounts.models import Person
from yishiting.ground.accounts.queries import staff_matching
from yishiting.ground.common.client import address_of, answering
from yishiting.ground.common.refused import NotAllowed, Refused
from yishiting.ground.entrance import rules
from yishiting.ground.entrance.actions import (
    change_password,
    close_account,
    confirm_second_factor,
    correct_information,
    enter_code,
    enter_password,
    open_account,
    purge,
    reopen_account,
    reset_password,
    reset_second_factor,
    send_code,
    unlock,
    withdraw_consent,
)
from yishiting.ground.entrance.models import OneTimeCode
from yishiting.ground.entrance.queries import (
    entries_of_sign_in,
    inactive_staff,
    is_locked,
    locked_staff,
)
from yishiting.ground.entrance.second_factor import new_secret, step_of
from yishiting.ground.ledger.models import Entry
from yishiting.ground.notices.models import Message
from yishiting.ground.organisations.rules import office_fits

START = datetime(2026, 3, 5, 10, tzinfo=UTC)
PHONE = "13912345678"


# ── Rules ────────────────────────────────────────────────────────────────


@given(st.lists(st.integers(0, 7200), max_size=12))
def test_whoever_waits_as_long_as_told_may_ask_again(ago: list[int]) -> None:
    sent = [START - timedelta(seconds=n) for n in ago]
    wait = rules.must_wait(sent, START)
    if wait is not None:
        assert timedelta(0) < wait <= timedelta(hours=1)
        assert rules.must_wait(sent, START + wait) is None
        assert rules.must_wait(sent, START + wait - timedelta(microseconds=1)) is not None


def test_one_code_a_minute_and_five_an_hour() -> None:
    assert rules.must_wait([], START) is None
    assert rules.must_wait([START], START + timedelta(seconds=59)) == timedelta(seconds=1)
    five = [START + timedelta(minutes=2 * n) for n in range(5)]
    assert rules.must_wait(five, START + timedelta(minutes=20)) == timedelta(minutes=40)
    assert rules.must_wait(five[:4], START + timedelta(minutes=20)) is None


def test_a_lockout_begins_with_the_last_failure_allowed() -> None:
    lockout = rules.lockout(5, 15)
    assert lockout.left(4, START, START) == timedelta(0)
    assert lockout.left(5, START, START) == timedelta(minutes=15)
    assert lockout.left(5, START, START + timedelta(minutes=15)) == timedelta(0)


def test_each_wrong_try_after_the_free_ones_doubles_the_wait_up_to_the_longest() -> None:
    slow = rules.Slowing(3, timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))
    assert [slow.wait(n) / timedelta(minutes=1) for n in range(9)] == [0, 0, 0, 1, 2, 4, 8, 10, 10]
    assert slow.wait(10**9) == timedelta(minutes=10)


@pytest.mark.parametrize(
    ("seconds_ago", "waits"),
    [([], None), ([0, 1, 2, 3], None), ([0, 1, 2, 3, 30], 30), ([61, 62, 63, 64, 65], None), ([n * 100 for n in range(30)], 700)],
)  # fmt: skip
def test_a_client_has_so_many_codes_a_minute_and_an_hour(seconds_ago: list[int], waits: int | None) -> None:
    sent = [START - timedelta(seconds=n) for n in seconds_ago]
    wait = rules.client_must_wait(sent, START, an_hour=30)
    assert wait == (None if waits is None else timedelta(seconds=waits))


@pytest.mark.parametrize(
    ("office", "level", "fits"),
    [
        ("community_secretary", "community", True),
        ("community_secretary", "district", False),
        ("section_head", "subdistrict", True),
        ("auditor", "community", False),
        ("handling_officer", "district", True),
        ("handling_officer", "community", True),
    ],
)
def test_offices_stand_at_their_own_level(office: str, level: str, fits: bool) -> None:
    assert office_fits(office, level) is fits


# ── Residents ────────────────────────────────────────────────────────────


def code_for(phone: str) -> str:
    send_code(phone, by=Visitor())
    body = Message.objects.latest("created_at").body
    return next(body[n : n + 6] for n in range(len(body)) if body[n : n + 6].isdigit())


def test_a_code_lets_in_once(cast: Cast) -> None:
    code = code_for(PHONE)
    person = enter_code(PHONE, by=Visitor(), code=f" {code} ").person
    assert person is not None
    assert (person.phone, person.is_staff_member) == (PHONE, False)
    assert "失效" in str(enter_code(PHONE, by=Visitor(), code=code).sentence)
    entry = Entry.objects.filter(verb="account.enter_code").latest("seq")
    assert PHONE not in str(entry.event())


def test_a_used_code_stays_used_however_often_it_is_tried(cast: Cast) -> None:
    code = code_for(PHONE)
    let_in = [enter_code(PHONE, by=Visitor(), code=code).person is not None for _n in range(8)]
    assert let_in == [True] + [False] * 7
    assert OneTimeCode.objects.get().tries == rules.CODE_TRIES


def test_after_five_wrong_tries_the_right_code_is_too_late(cast: Cast) -> None:
    code = code_for(PHONE)
    for _n in range(5):
        assert "不对" in str(enter_code(PHONE, by=Visitor(), code="nothing").sentence)
    assert "失效" in str(enter_code(PHONE, by=Visitor(), code=code).sentence)


def test_one_client_cannot_have_codes_sent_to_everybody(cast: Cast, clock) -> None:
    with answering("192.0.2.7"):
        for n in range(5):
            send_code(f"1391234000{n}", by=Visitor())
        with pytest.raises(Refused, match="秒后再试"):
            send_code("13912340009", by=Visitor())
    with answering("192.0.2.8"):
        send_code("13912340009", by=Visitor())
    clock.traveller.shift(timedelta(minutes=1))
    with answering("192.0.2.7"):
        send_code("13912340008", by=Visitor())


@pytest.mark.parametrize(
    ("remote", "forwarded", "proxies", "address"),
    [
        ("192.0.2.1", "", 0, "192.0.2.1"),
        ("127.0.0.1", "198.51.100.9, 192.0.2.1", 1, "192.0.2.1"),
        ("127.0.0.1", "198.51.100.9, 192.0.2.1, 10.0.0.1", 2, "192.0.2.1"),
        ("192.0.2.1", "198.51.100.9", 0, "192.0.2.1"),
        ("192.0.2.1", "198.51.100.9", 2, "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "", 0, "2001:db8:1:2::"),
        ("127.0.0.1", "not an address" * 9, 1, ("not an address" * 9)[:64]),
    ],
)
def test_whose_address_counts(remote: str, forwarded: str, proxies: int, address: str) -> None:
    assert address_of(remote, forwarded, proxies) == address


def test_what_the_database_keeps_of_a_code_lets_nobody_in(cast: Cast) -> None:
    code = code_for(PHONE)
    with connection.cursor() as cursor:
        for table in ("notices_message", "entrance_onetimecode", "entrance_throttle"):
            cursor.execute(f"SELECT * FROM {table}")
            assert not any(code in str(cell) for row in cursor.fetchall() for cell in row)


def test_a_code_is_for_its_own_phone_and_its_own_minutes(cast: Cast, clock) -> None:
    code = code_for(PHONE)
    with pytest.raises(Refused, match="先获取验证码"):
        enter_code("13912345679", by=Visitor(), code=code)
    clock.traveller.shift(timedelta(minutes=6))
    assert enter_code(PHONE, by=Visitor(), code=code).person is None


def test_a_number_that_may_have_passed_on_opens_nobodys_account(cast: Cast, clock) -> None:
    phone = cast.lu.phone
    clock.traveller.shift(timedelta(days=179))
    assert enter_code(phone, by=Visitor(), code=code_for(phone)).person == cast.lu
    clock.traveller.shift(timedelta(days=181))
    came = enter_code(phone, by=Visitor(), code=code_for(phone))
    cast.lu.refresh_from_db()
    assert came.begun_anew
    assert came.person not in (None, cast.lu)
    assert (came.person.phone, came.person.name, cast.lu.phone) == (phone, "", "")
    assert cast.lu.name
    clock.traveller.shift(timedelta(days=100))
    again = enter_code(phone, by=Visitor(), code=code_for(phone))
    assert (again.person, again.begun_anew) == (came.person, False)


def test_a_wrong_number_gets_no_code(cast: Cast) -> None:
    with pytest.raises(Refused, match="11位"):
        send_code("010-65001234", by=Visitor())
    assert Message.objects.count() == 0


def test_codes_long_past_are_removed_by_the_clock_alone(cast: Cast, clock) -> None:
    send_code(PHONE, by=Visitor())
    with pytest.raises(NotAllowed):
        purge(TODAY, by=cast.wang)
    assert purge(TODAY, by=Clock()) == 0
    clock.traveller.shift(timedelta(days=8))
    assert purge(timezone.localdate(), by=Clock()) == 1
    assert not OneTimeCode.objects.exists()


# ── Staff ────────────────────────────────────────────────────────────────


def test_an_authenticators_code_works_once(cast: Cast) -> None:
    code = pyotp.TOTP(TOTP_SECRET).now()
    assert enter_password("wang", by=Visitor(), password=PASSWORD, code=code).person == cast.wang
    again = enter_password("wang", by=Visitor(), password=PASSWORD, code=code)
    assert (again.person, again.field) == (None, "code")


def test_no_answer_tells_which_names_there_are(cast: Cast) -> None:
    """From the first wrong try to the one that must wait, an unknown name is answered as a known one is."""
    told: dict[str, list[object]] = {}
    for name in ("wang", "nobody", ""):
        before = Entry.objects.count()
        for _n in range(6):
            try:
                answer = enter_password(name, by=Visitor(), password="wrong")
            except Refused as refusal:
                told.setdefault(name, []).append((str(refusal), refusal.field))
            else:
                told.setdefault(name, []).append((str(answer.sentence), answer.field, answer.person))
        told[name].append(Entry.objects.count() - before)
    assert told["wang"] == told["nobody"] == told[""]
    assert "登录名或密码不对" in str(told["wang"][0])
    assert "分钟后再试" in str(told["wang"][5])


def test_a_stranger_shuts_nobody_out_but_themselves(cast: Cast) -> None:
    with answering("192.0.2.7"):
        for _n in range(7):
            with suppress(Refused):
                enter_password("security", by=Visitor(), password="wrong")
        with pytest.raises(Refused, match="分钟后再试"):
            enter_password("security", by=Visitor(), password=PASSWORD)
    with answering("192.0.2.8"):
        code = pyotp.TOTP(TOTP_SECRET).now()
        assert enter_password("security", by=Visitor(), password=PASSWORD, code=code).person == cast.security


def test_trying_many_names_is_slowed_too(cast: Cast) -> None:
    for n in range(50):
        enter_password(f"name{n}", by=Visitor(), password="wrong")
    with pytest.raises(Refused, match="分钟后再试"):
        enter_password("another", by=Visitor(), password="wrong")


def test_no_name_is_told_apart_by_the_time_the_answer_takes(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each answer costs one hashing, whether there is such a name, whether its account is open."""
    close_account(cast.liu, by=cast.system, reason="调离")
    hashings: list[str] = []
    usual = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashings.append(password)
        return usual(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    for name in ("wang", "liu", "nobody"):
        with suppress(Refused):
            enter_password(name, by=Visitor(), password=f"wrong for {name}")
    assert hashings == ["wrong for wang", "wrong for liu", "wrong for nobody"]


def test_five_failures_lock_and_the_right_password_does_not_help(cast: Cast, clock) -> None:
    for _n in range(5):
        enter_password("wang", by=Visitor(), password="wrong")
    assert list(locked_staff(timezone.now())) == [cast.wang]
    assert is_locked(cast.wang)
    assert not is_locked(cast.zhao)
    code = pyotp.TOTP(TOTP_SECRET).now()
    with pytest.raises(Refused, match="15分钟后再试"):
        enter_password("wang", by=Visitor(), password=PASSWORD, code=code)
    with pytest.raises(NotAllowed, match="安全管理员"):
        unlock(cast.wang, by=cast.system)
    unlock(cast.wang, by=cast.security)
    assert enter_password("wang", by=Visitor(), password=PASSWORD, code=code).person == cast.wang
    for _n in range(5):
        enter_password("wang", by=Visitor(), password="wrong")
    clock.traveller.shift(timedelta(minutes=16))
    assert list(locked_staff(timezone.now())) == []
    code = pyotp.TOTP(TOTP_SECRET).now()
    assert enter_password("wang", by=Visitor(), password=PASSWORD, code=code).person == cast.wang


def test_a_closed_account_lets_nobody_in(cast: Cast) -> None:
    close_account(cast.wang, by=cast.system, reason="调离")
    code = pyotp.TOTP(TOTP_SECRET).now()
    assert enter_password("wang", by=Visitor(), password=PASSWORD, code=code).person is None


def test_a_new_account_begins_with_a_password_of_its_own(cast: Cast) -> None:
    person, first = open_account("zhang", by=cast.system, name="张三")
    assert person.check_password(first)
    assert first not in str(Entry.objects.latest("seq").event())
    with pytest.raises(NotAllowed):
        open_account("li", by=cast.security, name="李四")
    second = reset_password(person, by=cast.system)
    assert second != first
    assert person.password_changed_at is None


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("wrong", "a-long-enough-word", "old"),
        (PASSWORD, "short", "new"),
        (PASSWORD, "1234567890123", "new"),
        (PASSWORD, PASSWORD, "new"),
    ],
)
def test_a_weak_password_is_refused_at_its_field(cast: Cast, old: str, new: str, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        change_password(cast.wang, by=cast.wang, old=old, new=new)
    assert refusal.value.field == field


def test_a_lost_authenticator_is_replaced(cast: Cast) -> None:
    with pytest.raises(Refused, match="已经绑定"):
        confirm_second_factor(cast.wang, by=cast.wang, secret=new_secret(), code="000000")
    reset_second_factor(cast.wang, by=cast.security, reason="手机丢失")
    secret = new_secret()
    with pytest.raises(Refused, match="动态码不对"):
        confirm_second_factor(cast.wang, by=cast.wang, secret=secret, code="00000")
    confirm_second_factor(cast.wang, by=cast.wang, secret=secret, code=pyotp.TOTP(secret).now())
    assert cast.wang.totp_confirmed_at is not None


def test_a_code_of_the_step_before_still_counts_and_an_older_one_does_not() -> None:
    now = timezone.now()
    totp = pyotp.TOTP(TOTP_SECRET)
    assert step_of(TOTP_SECRET, totp.at(now - timedelta(seconds=30)), after=0) is not None
    assert step_of(TOTP_SECRET, totp.at(now - timedelta(seconds=90)), after=0) is None


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda cast: reopen_account(cast.wang, by=cast.system), "没有停用"),
        (lambda cast: close_account(cast.lu, by=cast.system, reason="x"), "居民自己的账号"),
        (lambda cast: reset_second_factor(cast.lu, by=cast.security, reason="x"), "居民自己的账号"),
        (lambda cast: withdraw_consent(cast.lu, by=cast.lu), "不用撤回"),
        (lambda cast: close_account(cast.wang, by=cast.system, reason=" "), "请填写"),
        (lambda cast: open_account("li si", by=cast.system, name="李四"), "只能用字母"),
        (lambda cast: open_account("lisi", by=cast.system, name="李四", email="李四"), "检查电子邮箱"),
        (lambda cast: correct_information(cast.lu, by=cast.lu, language="fr"), "请选一项"),
    ],
)
def test_what_makes_no_sense_is_refused(cast: Cast, act: Callable[[Cast], object], words: str) -> None:
    with pytest.raises(Refused, match=words):
        act(cast)


def test_a_closed_account_needs_a_new_password_when_it_is_opened_again(cast: Cast) -> None:
    close_account(cast.wang, by=cast.system, reason="借调")
    for again in (close_account, reset_password):
        with pytest.raises(Refused, match="先恢复账号"):
            again(cast.wang, by=cast.system, **({"reason": "x"} if again is close_account else {}))
    with pytest.raises(NotAllowed):
        reopen_account(cast.wang, by=cast.security)
    reopen_account(cast.wang, by=cast.system)
    code = pyotp.TOTP(TOTP_SECRET).now()
    assert enter_password("wang", by=Visitor(), password=PASSWORD, code=code).person is None
    first = reset_password(cast.wang, by=cast.system)
    assert enter_password("wang", by=Visitor(), password=first, code=code).person == cast.wang


# ── Finding ──────────────────────────────────────────────────────────────


def test_staff_are_found_and_residents_are_not(cast: Cast) -> None:
    assert list(staff_matching("王建")) == [cast.wang]
    assert list(staff_matching("WANG")) == [cast.wang]
    assert list(staff_matching(cast.wang.phone)) == [cast.wang]
    assert list(staff_matching("陆桂芳")) == []
    assert staff_matching("").count() == Person.objects.filter(is_staff_member=True).count()


def test_who_has_not_come_in_for_ninety_days(cast: Cast) -> None:
    now = timezone.now()
    Person.objects.update(created_at=now - timedelta(days=400), last_login=now)
    Person.objects.filter(pk=cast.wang.pk).update(last_login=now - timedelta(days=91))
    Person.objects.filter(pk=cast.liu.pk).update(last_login=now - timedelta(days=89))
    Person.objects.filter(pk=cast.zhao.pk).update(last_login=None)
    Person.objects.filter(pk=cast.sun.pk).update(last_login=None, created_at=now)
    Person.objects.filter(pk=cast.lu.pk).update(last_login=None)
    assert {one.login for one in inactive_staff(now)} == {"wang", "zhao"}


def test_attempts_to_come_in_are_told_apart(cast: Cast) -> None:
    enter_password("wang", by=Visitor(), password="wrong")
    enter_password("wang", by=Visitor(), password=PASSWORD, code=pyotp.TOTP(TOTP_SECRET).now())
    entries = Entry.objects.all()
    assert entries_of_sign_in(entries).count() == 2
    assert [e.facts["let_in"] for e in entries_of_sign_in(entries, let_in=False)] == [False]
    assert [e.facts["let_in"] for e in entries_of_sign_in(entries, let_in=True)] == [True]
