"""Two accounts of one person are joined at the desk that has seen the person: after a number was lost or passed on."""

from collections.abc import Sequence
from typing import Annotated

from django.apps import apps
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.language import in_chinese
from yishiting.ground.common.locks import hold
from yishiting.ground.common.models import BaseRecord
from yishiting.ground.common.parameters import OneOf, Text, line
from yishiting.ground.common.people_parameters import Name, Phone
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.request_cache import cached
from yishiting.ground.common.verbs import labelled, verb
from yishiting.ground.entrance.actions.tokens import end_tokens
from yishiting.ground.entrance.models import AccountJoin, NumberPassed, Proof
from yishiting.ground.entrance.permissions import MAY
from yishiting.ground.entrance.signals import accounts_joining, receipt_told
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.notices.actions import tell, text_message
from yishiting.ground.places.models import Place
from yishiting.ground.places.organs import office_of

NAME = Name(_("本人姓名"), hint=_("照证件填写。"))
PHONE = Phone(_("本人现在用的手机号"), hint=_("本人先用它登录一次，内容会转到这个账号。"))
FORMER = Phone(_("原来的手机号"), hint=_("号码没变、只是太久没有登录的，不用填。"))
RECEIPT = line(_("原账号上一条建议的受理号"), most=20, hint=_("记不得原来号码，或号码几易其主时填写。"))
PROOF = OneOf(_("核对的证件"), Proof)
NOTE = Text(_("说明"), most=200, rows=2, hint=_("例如：本人到社区办理，证件与原账号登记的姓名一致。不写证件号码。"))
JOINED = _("您的两个账号已经在%(office)s合并，原账号停用。不是您本人办理的，请马上告诉%(office)s，一天之内可以撤销。")
PARTED = _("%(office)s撤销了您两个账号的合并，内容各归原来的账号。")
WHY_UNDONE = Text(_("撤销原因"), most=200, rows=2, hint=_("例如：核对后不是同一个人。"))


@verb(
    "account.join",
    _("合并本人的两个账号"),
    MAY,
    done=lambda join: _("已合并：原账号的%(n)s项内容转到了现在的账号，原账号已停用。") % {"n": join.count},
    before=_("请当面核对本人证件。合并以后，原账号的建议、席位、会议和消息都归现在的账号；一天之内可以撤销。"),
)
def join_accounts(
    place: Place,
    *,
    by: Actor,
    name: Annotated[str, NAME],
    phone: Annotated[str, PHONE],
    former_phone: Annotated[str, FORMER] = "",
    receipt: Annotated[str, RECEIPT] = "",
    proof: Annotated[str, PROOF],
    note: Annotated[str, NOTE] = "",
) -> AccountJoin:
    """Join a resident's old account to the one they use now; both are told, and for a day the desk may undo it."""
    person = Person.objects.with_phone(phone).first()
    if person is None:
        raise Refused(_("这个号码还没有账号。请本人先用它登录一次，再来合并。"), field="phone")
    former = _former(person, former_phone, receipt)
    hold(person, former)
    _refuse_wrong_ones(place, person, former)
    accounts_joining.send(sender=Person, person=person, former=former, name=name)
    seen = {"proof": proof, "note": note, "name": name, "former_phone": former.phone}
    taken = {"moved": _move(former, person), "filled_in": _fill_in(former, person)}
    join = AccountJoin.objects.create(place=place, person=person, former=former, **taken, **seen)
    _close(former)
    write_entry(join, moved=join.count, private={"person": str(person.pk), "former": str(former.pk)})
    _tell_both(join, JOINED, "account.join")
    return join


def _not_undone(join: AccountJoin) -> Sentence | None:
    return _("这次合并已经撤销。") if join.undone_at else None


def _nothing_built_on_it(join: AccountJoin) -> Sentence | None:
    formers = AccountJoin.objects.filter(undone_at=None).values_list("former_id", flat=True)
    joined = cached("entrance.joined", lambda: set(formers))  # a list asks this for every line
    return _("现在的账号后来又并入了另一个账号。请先撤销后面那一次。") if join.person_id in joined else None


@verb(
    "account_join.undo",
    _("撤销合并"),
    MAY,
    done=_("已撤销。转来的内容回到了原账号，原账号恢复使用。"),
    kind="danger",
    conditions=(_not_undone, _nothing_built_on_it),
)
def undo_join(join: AccountJoin, *, by: Actor, reason: Annotated[str, WHY_UNDONE]) -> AccountJoin:
    """Part two accounts that were joined by mistake: what moved goes back, the old account is open again."""
    hold(join.person, join.former)
    for kind, field in _fields():
        rows = kind._default_manager.filter(pk__in=join.moved.get(_key(kind, field), []), **{field: join.person})
        rows.update(**{field: join.former})
    _open_again(join)
    join.undone_at, join.undone_because = timezone.now(), reason
    join.save(update_fields=["undone_at", "undone_because"])
    write_entry(join, private={"reason": reason})
    _tell_both(join, PARTED, "account_join.undo")
    return join


def _former(person: Person, phone: str, receipt: str) -> Person:
    """The old account: of the receipt, of the old number, or the one that had this number before."""
    found: list[Person]
    if receipt:
        answers: Sequence[tuple[object, object]] = receipt_told.send(sender=Person, receipt=receipt)
        found = [one for _receiver, one in answers if isinstance(one, Person)]
        field, missing = "receipt", _("这个受理号不是登录以后提的建议，或没有这个受理号。请核对。")
    else:
        found = list(Person.objects.with_phone(phone).exclude(pk=person.pk)) if phone else []
        found = found or _had_before(person)
        field, missing = "former_phone", _("没有找到原来的账号。请填写原来的手机号，或原账号上一条建议的受理号。")
    if not found:
        raise Refused(missing, field=field)
    if len(found) > 1:
        raise Refused(_("这个号码先后有过几个账号。请填写本人那个账号上一条建议的受理号。"), field="receipt")
    return found[0]


def _had_before(person: Person) -> list[Person]:
    """Accounts that had this person's number before and are nobody's by now."""
    passed = NumberPassed.objects.filter(person=person).values("former")
    return list(Person.objects.filter(pk__in=passed, is_active=True).exclude(pk=person.pk))


def _refuse_wrong_ones(place: Place, person: Person, former: Person) -> None:
    if former == person:
        raise Refused(_("这是同一个账号，不用合并。"), field="former_phone")
    if person.is_staff_member or former.is_staff_member:
        raise Refused(_("工作人员的账号不合并，由系统管理员办理。"), field="phone")
    if not (person.is_active and former.is_active):
        raise Refused(_("有一个账号已经停用或注销，不能合并。"), field="former_phone")
    if not any(_of_here(kind, field, former, place) for kind, field in _fields()):
        raise Refused(
            _("原账号在这里没有建议、席位或其他内容。请到本人提过建议的社区（村）办理。"), field="former_phone"
        )


def _of_here(kind: type[BaseRecord], field: str, former: Person, place: Place) -> bool:
    has_place = any(one.name == "place" for one in kind._meta.concrete_fields)
    return has_place and kind._default_manager.filter(**{field: former, "place": place}).exists()


def _fields() -> list[tuple[type[BaseRecord], str]]:
    """Every kind whose rows are somebody's own, with the field that says whose."""
    kinds = [kind for kind in apps.get_models() if issubclass(kind, BaseRecord)]
    return [(kind, field) for kind in kinds for field in kind.MOVES_WITH_ACCOUNT]


def _key(kind: type[BaseRecord], field: str) -> str:
    return f"{labelled(kind)}.{field}"


def _move(former: Person, person: Person) -> dict[str, list[str]]:
    """Give what is the old account's to the new one; what it has already stays where it is."""
    moved: dict[str, list[str]] = {}
    for kind, field in _fields():
        rows = kind._default_manager.filter(**{field: former})
        keys = [row.pk for row in rows if not _has_a_twin(row, field, person)]
        kind._default_manager.filter(pk__in=keys).update(**{field: person})
        if keys:
            moved[_key(kind, field)] = [str(key) for key in keys]
    return moved


def _has_a_twin(row: BaseRecord, field: str, person: Person) -> bool:
    """Whether the other account has the same already, where the database allows it once."""
    for one in row._meta.constraints:
        if isinstance(one, models.UniqueConstraint) and field in one.fields:
            same = {name: getattr(row, name) for name in one.fields if name != field}
            if type(row)._default_manager.filter(**same, **{field: person}).exists():
                return True
    return False


def _fill_in(former: Person, person: Person) -> list[str]:
    """What the new account does not know of its owner it takes over from the old one; gives back what that was."""
    missing = [name for name in ("name", "email") if getattr(former, name) and not getattr(person, name)]
    for name in missing:
        setattr(person, name, getattr(former, name))
    person.save(update_fields=missing)
    return missing


def _close(former: Person) -> None:
    """Nobody signs in with the old account any more."""
    former.set_phone("")
    former.is_active = False
    former.save(update_fields=["phone", "phone_hash", "is_active"])
    end_tokens(former)


def _open_again(join: AccountJoin) -> None:
    """The old account is its owner's again, and what the other took over from it is taken back."""
    former, person, phone = join.former, join.person, join.former_phone
    again = [name for name in join.filled_in if getattr(person, name) == getattr(former, name)]
    for name in again:
        setattr(person, name, "")
    person.save(update_fields=again)
    if phone and not Person.objects.with_phone(phone).exists():
        former.set_phone(phone)
    former.is_active = True
    former.save(update_fields=["phone", "phone_hash", "is_active"])


@in_chinese
def _tell_both(join: AccountJoin, said: Sentence, template: str) -> None:
    """On site under the account used now, and by text to both numbers: the old one may be somebody else's in truth."""
    once, place, body = f"{template}:{join.pk}", join.place.code, str(said) % {"office": office_of(join.place, None)}
    tell(join.person, once=once, template=template, subject=str(_("账号合并")), body=body, place_code=place)
    numbers = dict.fromkeys(filter(None, (join.person.phone, join.former_phone)))
    for n, phone in enumerate(numbers, start=1):
        text_message(phone, once=f"{once}:{n}", template=template, body=body, place_code=place)
