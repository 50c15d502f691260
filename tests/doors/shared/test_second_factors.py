"""Second factors without an app on a private phone: printed codes, passkeys and hardware keys."""

import html
import json
import re
from base64 import b64encode

import pytest
from django.test import Client
from fido2.cose import ES256
from fido2.webauthn import Aaguid, AttestedCredentialData

from tests.authenticator import Key
from tests.cast import PASSWORD, Cast
from yishiting.ground.accounts.actors import Visitor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.refused import NotAllowed, Refused
from yishiting.ground.entrance.actions import (
    enter_password,
    open_account,
    remove_passkey,
    renew_recovery_codes,
    reset_second_factor,
)
from yishiting.ground.entrance.models import Passkey, RecoveryCode
from yishiting.ground.entrance.queries import has_second_factor, missing_to_act, recovery_codes_left
from yishiting.ground.entrance.rules import PASSKEYS_MOST, RECOVERY_SIGNS, recovery_code_of, recovery_code_typed
from yishiting.ground.ledger.models import Entry, Sealed

pytestmark = pytest.mark.django_db


def enter(login: str, code: str = "", client: Client | None = None):
    return (client or Client()).post("/account/staff/", {"login": login, "password": PASSWORD, "code": code})


# ── Printed codes ────────────────────────────────────────────────────────


def printed(client: Client, person: Person) -> list[str]:
    answer = client.post(f"/do/account.renew_recovery_codes/{person.pk}/?room=me")
    assert answer["Location"] == "/me/information/"
    page = client.get("/me/information/").content.decode()
    return re.search(r'<pre id="recovery-codes">(.*?)</pre>', page, re.DOTALL).group(1).split()


def test_ten_codes_are_shown_once_and_kept_as_hashes(cast: Cast, sign_in) -> None:
    client = sign_in(cast.wang)
    assert "只能用一次" in client.get(f"/do/account.renew_recovery_codes/{cast.wang.pk}/").content.decode()
    codes = printed(client, cast.wang)
    assert len(set(codes)) == 10
    again = client.get("/me/information/").content.decode()
    assert "还剩10个" in again
    for kept in (again, str(list(RecoveryCode.objects.values())), str(client.session.items()), everything_noted()):
        assert not any(code in kept or recovery_code_typed(code) in kept for code in codes)


def everything_noted() -> str:
    return str([entry.event() for entry in Entry.objects.all()]) + str(list(Sealed.objects.values()))


def test_a_code_lets_in_once_however_it_is_typed(cast: Cast) -> None:
    codes = renew_recovery_codes(cast.wang, by=cast.wang).split()
    tried = enter_password("wang", by=Visitor(), password=PASSWORD, code=f" {codes[3].lower().replace('-', ' ')}")
    assert (tried.person, tried.codes_left) == (cast.wang, 9)
    entry = Entry.objects.latest("seq")
    assert entry.facts == {"let_in": True, "way": "recovery", "left": 9}
    assert codes[3] not in everything_noted()
    assert enter_password("wang", by=Visitor(), password=PASSWORD, code=codes[3]).field == "code"
    assert enter_password("zhao", by=Visitor(), password=PASSWORD, code=codes[4]).person is None
    assert enter_password("wang", by=Visitor(), password="wrong", code=codes[4]).person is None
    assert recovery_codes_left(cast.wang) == 9


def test_whoever_used_one_is_told_how_many_are_left(cast: Cast) -> None:
    code = renew_recovery_codes(cast.wang, by=cast.wang).split()[0]
    client = Client()
    page = client.get(enter("wang", code, client)["Location"], follow=True).content.decode()
    assert "还剩9个" in page


def test_new_codes_and_a_reset_end_the_old_ones(cast: Cast) -> None:
    old = renew_recovery_codes(cast.wang, by=cast.wang).split()
    new = renew_recovery_codes(cast.wang, by=cast.wang).split()
    assert enter("wang", old[0]).status_code == 422
    assert enter("wang", new[0]).status_code == 302
    reset_second_factor(cast.wang, by=cast.security, reason="手机丢失")
    assert recovery_codes_left(cast.wang) == 0


def test_codes_are_made_by_oneself_beside_another_factor(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        renew_recovery_codes(cast.wang, by=cast.security)
    with pytest.raises(NotAllowed):
        renew_recovery_codes(cast.lu, by=cast.lu)
    reset_second_factor(cast.wang, by=cast.security, reason="手机丢失")
    with pytest.raises(Refused, match="先绑定"):
        renew_recovery_codes(cast.wang, by=cast.wang)


def test_no_sign_of_a_code_is_mistaken_for_another() -> None:
    codes = {recovery_code_of(n * 7919 + 2**63) for n in range(500)}
    assert len(codes) == 500
    assert {len(code) for code in codes} == {11}
    assert not set("01OIL") & set(RECOVERY_SIGNS)
    assert set(recovery_code_typed("".join(codes))) <= set(RECOVERY_SIGNS)


# ── Passkeys and hardware keys ───────────────────────────────────────────


def options_of(page: str) -> str:
    return html.unescape(re.search(r'data-options="([^"]*)"', page).group(1))


def added(client: Client, person: Person, key: Key, name: str = "办公室的钥匙") -> int:
    here = f"/account/passkey/{person.pk}/add/"
    page = client.get(here).content.decode()
    return client.post(here, {"name": name, "answer": key.make(options_of(page))}).status_code


def waiting(login: str) -> tuple[Client, str]:
    client = Client()
    answer = enter(login, client=client)
    assert answer["Location"] == "/account/passkey/"
    return client, options_of(client.get("/account/passkey/").content.decode())


def test_a_key_stands_in_for_the_authenticator(cast: Cast, sign_in) -> None:
    key = Key()
    assert added(sign_in(cast.wang), cast.wang, key) == 302
    assert Passkey.objects.get().name == "办公室的钥匙"
    client, options = waiting("wang")
    assert client.get("/desk/")["Location"].startswith("/account/sign-in/")
    assert client.post("/account/passkey/", {"answer": key.sign(options)}).status_code == 302
    assert client.get("/desk/").status_code == 200
    assert Entry.objects.filter(verb="account.enter_passkey", facts__let_in=True, facts__way="passkey").count() == 1


def test_an_answer_counts_once_and_a_foreign_or_copied_key_never(cast: Cast, sign_in) -> None:
    key, other = Key(), Key()
    added(sign_in(cast.wang), cast.wang, key)
    added(sign_in(cast.zhao), cast.zhao, other)
    client, options = waiting("wang")
    for wrong in (other.sign(options), "{}", "null", "not json", '{"id": 1}'):
        assert client.post("/account/passkey/", {"answer": wrong}).status_code == 422
        options = options_of(client.get("/account/passkey/").content.decode())
        unlock_all()
    elsewhere = Key(origin="https://evil.example", name=key.name, pair=key.pair, uses=5)
    assert client.post("/account/passkey/", {"answer": elsewhere.sign(options)}).status_code == 422
    unlock_all()
    right = key.sign(options_of(client.get("/account/passkey/").content.decode()))
    assert client.post("/account/passkey/", {"answer": right}).status_code == 302
    client, options = waiting("wang")
    assert client.post("/account/passkey/", {"answer": right}).status_code == 422, "it answers an older question"
    copy = Key(name=key.name, pair=key.pair)
    options = options_of(client.get("/account/passkey/").content.decode())
    assert client.post("/account/passkey/", {"answer": copy.sign(options)}).status_code == 422, (
        "it has signed less often"
    )


def unlock_all() -> None:
    from yishiting.ground.entrance.models import Throttle

    Throttle.objects.all().delete()


def test_nobody_gets_to_the_key_without_the_password(cast: Cast, sign_in, clock) -> None:
    key = Key()
    added(sign_in(cast.wang), cast.wang, key)
    assert Client().get("/account/passkey/")["Location"] == "/account/staff/"
    client = Client()
    client.post("/account/staff/", {"login": "wang", "password": "wrong"})
    assert client.get("/account/passkey/")["Location"] == "/account/staff/"
    client, options = waiting("wang")
    clock.traveller.shift(301)
    assert client.post("/account/passkey/", {"answer": key.sign(options)})["Location"] == "/account/staff/"


def test_wrong_answers_are_slowed_as_wrong_passwords_are(cast: Cast, sign_in) -> None:
    added(sign_in(cast.wang), cast.wang, Key())
    client, _options = waiting("wang")
    for _n in range(5):
        client.post("/account/passkey/", {"answer": "{}"})
    assert "分钟后再试" in client.post("/account/passkey/", {"answer": "{}"}).content.decode()


def test_a_key_is_enough_for_a_new_member_of_staff(cast: Cast) -> None:
    person, _first = open_account("newcomer", by=cast.system, name="新来的")
    person.set_password(PASSWORD)
    person.password_changed_at = cast.wang.password_changed_at
    person.save()
    client, key = Client(), Key()
    enter("newcomer", client=client)
    assert missing_to_act(person) == "second-factor"
    assert f"/account/passkey/{person.pk}/add/" in client.get("/account/second-factor/").content.decode()
    assert added(client, person, key) == 302
    assert has_second_factor(person)
    assert missing_to_act(person) == ""
    client, options = waiting("newcomer")
    assert client.post("/account/passkey/", {"answer": key.sign(options)}).status_code == 302


def test_a_key_is_registered_once_by_its_owner_and_removed_by_owner_or_security(cast: Cast, sign_in) -> None:
    key, client = Key(), sign_in(cast.wang)
    assert added(client, cast.wang, key) == 302
    assert added(client, cast.wang, key) == 422
    assert client.get(f"/account/passkey/{cast.zhao.pk}/add/").status_code == 403
    assert sign_in(cast.lu).get(f"/account/passkey/{cast.lu.pk}/add/").status_code == 403
    kept = Passkey.objects.get()
    with pytest.raises(NotAllowed):
        remove_passkey(kept, by=cast.zhao)
    page = sign_in(cast.security).get(f"/desk/administration/accounts/{cast.wang.pk}/").content.decode()
    assert f"/do/passkey.remove/{kept.pk}/" in page
    answer = client.post(f"/do/passkey.remove/{kept.pk}/?room=me")
    assert answer["Location"] == "/me/information/"
    assert enter("wang").status_code == 422, "the authenticator is asked again"


def test_a_key_is_removed_once_and_nobody_has_more_than_ten(cast: Cast, sign_in) -> None:
    client = sign_in(cast.wang)
    for n in range(PASSKEYS_MOST - 1):
        Passkey.objects.create(person=cast.wang, name=f"{n}", credential=spare(), credential_hash=f"{n}")
    assert added(client, cast.wang, Key()) == 302
    assert added(client, cast.wang, Key()) == 422
    one = Passkey.objects.latest("created_at")
    remove_passkey(one, by=cast.wang)
    with pytest.raises(Refused, match="已经移除"):
        remove_passkey(one, by=cast.wang)
    assert added(client, cast.wang, Key()) == 302


def spare() -> str:
    """The public part of some key."""
    key = Key()
    made = AttestedCredentialData.create(Aaguid.NONE, key.name, ES256.from_cryptography_key(key.pair.public_key()))
    return b64encode(bytes(made)).decode()


def test_what_is_kept_of_a_key_is_public_alone_and_not_taken_home(cast: Cast, sign_in) -> None:
    client = sign_in(cast.wang)
    added(client, cast.wang, Key())
    kept = Passkey.objects.get()
    taken = client.get("/me/information/download/").content.decode()
    assert kept.credential not in taken
    assert "办公室的钥匙" in json.dumps(json.loads(taken), ensure_ascii=False)


def test_the_page_runs_no_script_of_its_own(cast: Cast, sign_in) -> None:
    page = sign_in(cast.wang).get(f"/account/passkey/{cast.wang.pk}/add/")
    assert "passkeys.js" in page.content.decode()
    assert not re.search(r"<script(?![^>]*src=)", page.content.decode())
    assert "script-src 'self'" in page["Content-Security-Policy"]
