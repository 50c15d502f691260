"""Tokens of programs, the privacy notice, one's own information: given, taken back, forgotten."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from tests.cast import OPERATOR, TODAY, Cast
from tests.ground.test_entrance import code_for
from yishiting.ground.accounts.actors import Clock, Visitor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.refused import NotAllowed, Refused
from yishiting.ground.entrance.actions import (
    close_account,
    consent,
    correct_information,
    enter_code,
    erase,
    issue_token,
    publish_privacy_notice,
    purge,
    reset_password,
    reset_second_factor,
    revoke_token,
    withdraw_consent,
)
from yishiting.ground.entrance.models import Consent
from yishiting.ground.entrance.queries import (
    consents_of,
    has_consented,
    notice_in_force,
    person_with_token,
)
from yishiting.ground.ledger.models import Entry
from yishiting.ground.notices.actions import text_message
from yishiting.ground.notices.models import Delivery, Message

START = datetime(2026, 3, 5, 10, tzinfo=UTC)
PHONE = "13912345678"


# ── Tokens ───────────────────────────────────────────────────────────────


def test_a_token_works_until_its_day_and_for_an_open_account(cast: Cast, clock) -> None:
    token, text = issue_token(cast.wang, by=cast.wang, name="取数", expires_on=TODAY + timedelta(days=1))
    assert text not in token.token_hash
    assert person_with_token(text) == cast.wang
    assert person_with_token("another") is None
    clock.to(TODAY + timedelta(days=2))
    assert person_with_token(text) is None


def test_a_token_is_revoked_by_its_owner_or_security(cast: Cast) -> None:
    token, text = issue_token(cast.wang, by=cast.wang, name="取数", expires_on=TODAY + timedelta(days=1))
    with pytest.raises(NotAllowed):
        revoke_token(token, by=cast.system)
    with pytest.raises(NotAllowed):
        issue_token(cast.wang, by=cast.liu, name="冒名", expires_on=TODAY + timedelta(days=1))
    revoke_token(token, by=cast.security)
    assert person_with_token(text) is None
    with pytest.raises(Refused, match="已经撤销"):
        revoke_token(token, by=cast.wang)


@pytest.mark.parametrize("act", ["password", "second factor", "close"])
def test_tokens_end_with_the_ways_of_coming_in(cast: Cast, act: str) -> None:
    _token, text = issue_token(cast.wang, by=cast.wang, name="取数", expires_on=TODAY + timedelta(days=1))
    _other, others = issue_token(cast.liu, by=cast.liu, name="取数", expires_on=TODAY + timedelta(days=1))
    {
        "password": lambda: reset_password(cast.wang, by=cast.system),
        "second factor": lambda: reset_second_factor(cast.wang, by=cast.security, reason="手机丢失"),
        "close": lambda: close_account(cast.wang, by=cast.system, reason="调离"),
    }[act]()
    Person.objects.filter(pk=cast.wang.pk).update(
        is_active=True, password_changed_at=timezone.now(), totp_confirmed_at=timezone.now()
    )
    assert person_with_token(text) is None
    assert person_with_token(others) == cast.liu


@pytest.mark.parametrize("missing", ["password_changed_at", "totp_confirmed_at"])
def test_a_token_rests_while_its_owner_has_something_to_put_right(cast: Cast, missing: str) -> None:
    _token, text = issue_token(cast.wang, by=cast.wang, name="取数", expires_on=TODAY + timedelta(days=1))
    Person.objects.filter(pk=cast.wang.pk).update(**{missing: None})
    assert person_with_token(text) is None


def test_a_token_mints_nothing_that_outlives_it(cast: Cast) -> None:
    own, _text = issue_token(cast.wang, by=cast.wang, name="取数", expires_on=TODAY + timedelta(days=30))
    with pytest.raises(Refused, match="不能超过它自己") as refusal:
        issue_token(cast.wang, by=cast.wang, name="再发", expires_on=TODAY + timedelta(days=31), with_token=own)
    assert refusal.value.field == "expires_on"
    issue_token(cast.wang, by=cast.wang, name="再发", expires_on=TODAY + timedelta(days=30), with_token=own)


# ── The privacy notice and one's own information ─────────────────────────


def test_everyone_is_asked_again_about_a_new_version(cast: Cast, clock) -> None:
    assert has_consented(cast.lu)
    with pytest.raises(Refused, match="没有需要同意"):
        consent(cast.lu, by=cast.lu)
    publish_privacy_notice("第一版", by=cast.security, in_force_from=TODAY)
    publish_privacy_notice("第二版", by=OPERATOR, in_force_from=TODAY + timedelta(days=10))
    assert notice_in_force().version == 1
    assert not has_consented(cast.lu)
    consent(cast.lu, by=cast.lu)
    consent(cast.lu, by=cast.lu)
    assert Consent.objects.filter(person=cast.lu).count() == 1
    clock.to(TODAY + timedelta(days=10))
    assert not has_consented(cast.lu)
    consent(cast.lu, by=cast.lu)
    withdraw_consent(cast.lu, by=cast.lu)
    assert not has_consented(cast.lu)
    assert all(one.withdrawn_at for one in consents_of(cast.lu))


def test_nobody_consents_corrects_or_erases_for_another(cast: Cast) -> None:
    publish_privacy_notice("第一版", by=OPERATOR, in_force_from=TODAY)
    for act in (consent, withdraw_consent, erase):
        with pytest.raises(NotAllowed, match="只有本人"):
            act(cast.lu, by=cast.wang)
    with pytest.raises(NotAllowed):
        correct_information(cast.lu, by=cast.system, name="别人", email="", language="zh-hans")


def test_an_erased_person_can_begin_anew(cast: Cast, clock) -> None:
    phone = cast.lu.phone
    erase(cast.lu, by=cast.lu)
    assert not Person.objects.with_phone(phone).exists()
    assert (cast.lu.name, cast.lu.phone, cast.lu.is_active) == ("", "", False)
    anew = enter_code(phone, by=Visitor(), code=code_for(phone)).person
    assert anew is not None
    assert anew.pk != cast.lu.pk
    with pytest.raises(Refused, match="系统管理员停用"):
        erase(cast.wang, by=cast.wang)


def test_the_messages_to_an_erased_persons_phone_are_emptied_too(cast: Cast) -> None:
    code_for(cast.lu.phone)
    text_message(cast.lu.phone, once="a", template="suggestion", body="您的建议已受理。")
    text_message(cast.liming.phone, once="b", template="suggestion", body="您的建议已受理。")
    erase(cast.lu, by=cast.lu)
    assert [(one.address, one.body) for one in Message.objects.exclude(address="")] == [
        (cast.liming.phone, "您的建议已受理。")
    ]


def test_the_addresses_of_messages_long_done_with_are_taken_away(cast: Cast, clock) -> None:
    for n, state in enumerate((Delivery.SENT, Delivery.GIVEN_UP, Delivery.FAILED), start=1):
        text_message(PHONE, once=str(n), template="suggestion", body="您的建议已受理。")
        Message.objects.filter(once=f"{n}:sms").update(delivery=state)
    clock.to(TODAY + timedelta(days=29))
    purge(timezone.localdate(), by=Clock())
    assert Message.objects.filter(address="").count() == 0
    clock.to(TODAY + timedelta(days=31))
    purge(timezone.localdate(), by=Clock())
    assert [one.delivery for one in Message.objects.exclude(address="")] == [Delivery.FAILED]
    assert Entry.objects.latest("seq").facts["addresses"] == 2


def test_a_token_does_not_outlive_a_year(cast: Cast) -> None:
    with pytest.raises(Refused, match="最长一年"):
        issue_token(cast.wang, by=cast.wang, name="取数", expires_on=date(2028, 1, 1))
