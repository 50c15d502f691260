"""What is public of the ledger names nobody, and what is beside it is bound: rows, sealed words, accounts."""

import json
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import OPERATOR, Cast
from tests.emptying import guards_lifted
from yishiting.ground.accounts.actors import Actor, Clock
from yishiting.ground.accounts.models import Person
from yishiting.ground.accounts.permissions import anyone
from yishiting.ground.common.changes import at_work, binding_of, bound_fields, plain, what_is_said
from yishiting.ground.common.models import RecordQuerySet
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import VERBS, verb
from yishiting.ground.entrance.actions import close_account, issue_token, unlock
from yishiting.ground.ledger.actions import sign_day, write_entry
from yishiting.ground.ledger.checking import compare
from yishiting.ground.ledger.models import Checkpoint, Entry
from yishiting.ground.ledger.queries import export_rows
from yishiting.ground.organisations.actions import amend_organisation, close_organisation, register_organisation
from yishiting.ground.organisations.models import Appointment, Organisation, OrganisationKind
from yishiting.methods.merkle import Tree, event_hash, verify_consistency, verify_inclusion

DAY = date(2026, 3, 5)


def a_unit(cast: Cast, name: str = "安居物业") -> Organisation:
    return register_organisation(cast.zaobei, by=cast.wang, kind=OrganisationKind.PROPERTY_COMPANY, name=name)


def renamed(unit: Organisation, by: Person, name: str) -> None:
    amend_organisation(unit, by=by, name=name, contact_name="", contact_phone="")


def exported() -> list[dict[str, Any]]:
    return list(export_rows())


def faults() -> str:
    return "\n".join(compare().faults)


# ── Who ──────────────────────────────────────────────────────────────────
def test_two_entries_of_one_person_cannot_be_joined(cast: Cast) -> None:
    unit = a_unit(cast)
    renamed(unit, cast.wang, "安居物业公司")
    last = list(Entry.objects.order_by("-seq")[:2])
    assert {one.actor_id for one in last} == {str(cast.wang.pk)}
    kinds, offices, names = zip(*(one.event()["actor"] for one in last), strict=True)  # type: ignore[misc]
    assert (set(kinds), set(offices)) == ({"person"}, {"community_secretary"})
    assert len(set(names)) == 2
    assert all(len(name) == 64 for name in names)


def test_who_has_no_account_has_no_pseudonym(cast: Cast) -> None:
    sign_day(DAY, by=Clock())
    assert Entry.objects.latest("seq").event()["actor"] == ["clock", "", ""]


def test_the_export_holds_no_account(cast: Cast) -> None:
    renamed(a_unit(cast), cast.liu, "安居")
    issue_token(cast.liu, by=cast.liu, name="试", expires_on=date(2026, 4, 1))
    text = json.dumps(exported())
    assert not [someone for someone in Person.objects.all() if str(someone.pk) in text]


def test_of_a_persons_own_account_only_the_fingerprint_is_public(cast: Cast) -> None:
    unlock(cast.liu, by=cast.security)
    entry = Entry.objects.latest("seq")
    assert exported()[entry.seq] == {"withheld": entry.seq, "leaf": entry.leaf}
    assert event_hash(entry.event()).hex() == entry.leaf


def test_proofs_verify_from_the_export_alone(cast: Cast) -> None:
    sign_day(DAY, by=Clock())
    unlock(cast.liu, by=cast.security)
    a_unit(cast)
    sign_day(date(2026, 3, 6), by=Clock())
    rows = exported()
    tree = Tree(bytes.fromhex(row["leaf"]) for row in rows if "leaf" in row)
    (first, _old), (second, root) = [
        (p["size"], bytes.fromhex(p["root"])) for p in (r["checkpoint"] for r in rows[-2:])
    ]
    for number in (1, first + 2, second):  # the middle one is withheld
        assert verify_inclusion(tree.leaf(number - 1), number - 1, second, tree.inclusion(number - 1, second), root)
    assert "withheld" in rows[first + 2]
    assert verify_consistency(first, tree.root(first), second, root, tree.consistency(first, second))


# ── Facts ────────────────────────────────────────────────────────────────
@pytest.fixture
def trial() -> Any:
    usual = set(VERBS)
    yield {"trial.run": anyone, "trial.inner": anyone}
    for code in set(VERBS) - usual:
        del VERBS[code]


@pytest.mark.parametrize("fact", ["找王芳", "13800000003 please", ["a", "陆桂芳"], {"王芳": 1}])
def test_words_do_not_stand_in_facts(cast: Cast, trial: dict, fact: object) -> None:
    @verb("trial.run", "试", trial)
    def run(unit: Organisation, *, by: Actor) -> None:
        """Try."""
        write_entry(unit, said=fact)

    with pytest.raises(ValueError, match="private"):
        run(a_unit(cast), by=cast.wang)


# ── Rows ─────────────────────────────────────────────────────────────────
def test_what_verbs_did_agrees_with_the_ledger(cast: Cast) -> None:
    unit = a_unit(cast)
    renamed(unit, cast.wang, "安居物业公司")
    findings = compare()
    assert findings.faults == []
    assert findings.records > 7  # the unit, the appointments and the seasons of the cast


def test_a_row_changed_behind_the_ledgers_back_is_named(cast: Cast) -> None:
    unit = a_unit(cast)
    Organisation.objects.filter(pk=unit.pk).update(name="别的物业")
    said = faults()
    assert f"organisation:{unit.pk}" in said
    assert f"第{Entry.objects.latest('seq').seq}号记录" in said
    assert said.count("\n") == 0


def test_a_row_put_back_to_an_older_form_is_named(cast: Cast) -> None:
    unit = a_unit(cast)
    renamed(unit, cast.wang, "新名字")
    Organisation.objects.filter(pk=unit.pk).update(name="安居物业")
    assert f"organisation:{unit.pk}" in faults()


def test_a_row_removed_behind_the_ledgers_back_is_named(cast: Cast) -> None:
    gone = Appointment.objects.first()
    assert gone is not None
    Appointment.objects.filter(pk=gone.pk).delete()
    assert f"appointment:{gone.pk}：" in faults()
    assert "不见了" in faults()


def test_somebody_who_makes_themselves_an_administrator_is_named_without_their_name(cast: Cast) -> None:
    close_account(cast.liu, by=cast.system, reason="退休")
    Person.objects.filter(pk=cast.liu.pk).update(is_active=True, administration="security")
    assert f"person:{cast.liu.pk}" in faults()
    assert "刘芳" not in faults()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE ledger_sealed SET salt = '00' WHERE entry_id = %s", "封存的原文（reason）与登记时不同"),
        ("DELETE FROM ledger_sealed WHERE entry_id = %s", "封存的原文（reason）不见了"),
        ("UPDATE ledger_entry SET actor_id = 'another' WHERE seq = %s", "经办账号与登记时不同"),
        ("UPDATE ledger_entry SET records = '{}' WHERE seq = %s", "内容被改动"),
        ("UPDATE ledger_entry SET verb = 'organisation.open' WHERE seq = %s", "内容被改动"),
    ],
)
def test_what_stands_beside_an_entry_is_bound_too(cast: Cast, change: str, said: str) -> None:
    close_organisation(a_unit(cast), by=cast.wang, on=DAY, reason="合同到期")
    seq = Entry.objects.latest("seq").seq
    with guards_lifted(connection), connection.cursor() as cursor:
        cursor.execute(change, [seq])
    assert said in faults()
    assert str(seq) in faults()


def test_rows_changed_in_place_by_a_verb_are_bound_as_they_are_afterwards(cast: Cast) -> None:
    token, _text = issue_token(cast.liu, by=cast.liu, name="试", expires_on=date(2026, 4, 1))
    close_account(cast.liu, by=cast.system, reason="调离")  # takes the tokens back with one statement
    assert f"access_token:{token.pk}" in Entry.objects.get(verb="account.close").records
    assert compare().faults == []


def test_what_a_person_may_have_erased_is_in_no_hash(cast: Cast) -> None:
    assert {"name", "phone", "email", "phone_hash", "password"}.isdisjoint(bound_fields(Person))
    assert {"login", "administration", "is_active"} <= {*bound_fields(Person)}


def test_a_row_saved_through_a_stale_object_is_read_again(cast: Cast, trial: dict) -> None:
    @verb("trial.run", "试", trial)
    def run(place: Any, *, by: Actor, stale: Organisation) -> None:
        """Try."""
        stale.valid_to = DAY
        stale.save(update_fields=["valid_to"])
        write_entry(place)

    unit = a_unit(cast)
    stale = Organisation.objects.get(pk=unit.pk)
    renamed(unit, cast.wang, "新名字")
    run(cast.zaobei, by=cast.wang, stale=stale)
    assert compare().faults == []


def test_what_a_refused_part_of_a_verb_did_is_forgotten(cast: Cast, trial: dict) -> None:
    @verb("trial.inner", "里", trial)
    def inner(unit: Organisation, *, by: Actor) -> None:
        """Try."""
        unit.name = "没有成"
        write_entry(unit)
        at_work().saved(unit, ["name"])
        raise Refused("不行。")

    @verb("trial.run", "试", trial)
    def run(unit: Organisation, *, by: Actor) -> None:
        """Try."""
        with pytest.raises(Refused, match="不行"):
            inner(Organisation.objects.get(pk=unit.pk), by=by)
        write_entry(unit)

    unit, before = a_unit(cast), Entry.objects.count()
    run(unit, by=cast.wang)
    assert Entry.objects.count() == before + 1
    assert compare().faults == []


def test_a_field_that_says_nothing_is_in_no_hash(cast: Cast) -> None:
    """So a field that a later version adds, with its default, leaves what was bound before as it was."""
    for model in (one for one in apps.get_models() if binding_of(one).bound and not one._meta.proxy):
        empty = {name: one for name, one in plain(model(), bound_fields(model)).items() if name != "id"}
        said = what_is_said(model, {"id": "1", **empty})
        assert said is not None
        assert all(callable(bound_fields(model)[name].default) for name in said.keys() - {"id"}), model
    unit = a_unit(cast)
    values = plain(unit, bound_fields(Organisation))
    assert what_is_said(Organisation, values | {"note": ""}) != what_is_said(Organisation, values | {"note": "改过"})


def test_binding_a_row_asks_the_database_nothing(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as asked:
        a_unit(cast)
    asked_for = [one["sql"] for one in asked]
    kept = next(n for n, sql in enumerate(asked_for) if sql.startswith('INSERT INTO "organisations_organisation"'))
    assert not [sql for sql in asked_for[kept:] if sql.startswith('SELECT "organisations_organisation"')]


def test_every_model_the_ledger_answers_for_tells_of_changes_in_bulk() -> None:
    bound = [model for model in apps.get_models() if binding_of(model).bound]
    assert len(bound) > 40
    assert not [one for one in bound if not isinstance(one._default_manager.all(), RecordQuerySet)]


def test_the_command_says_what_does_not_agree(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    unit = a_unit(cast)
    sign_day(DAY, by=OPERATOR)
    call_command("ledger", "verify", "--records")
    assert f"签名到第 {Checkpoint.objects.get().size} 条" in (said := capsys.readouterr().out)
    assert "都与记录一致" in said
    Organisation.objects.filter(pk=unit.pk).update(name="别的物业")
    with pytest.raises(CommandError, match="1 处"):
        call_command("ledger", "verify", "--records", "--json")
    found = json.loads(capsys.readouterr().out)
    assert (found["sound"], len(found["faults"])) == (False, 1)
