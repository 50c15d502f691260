"""Finding a suggestion again without an account: by number and four digits, or by the signed link of its slip."""

from datetime import timedelta

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.phones import phone_tail
from yishiting.ground.common.refused import Refused
from yishiting.ground.entrance.actions.throttling import ANYTHING, Limit, count_wrong_try, forgive, minutes_left
from yishiting.ground.entrance.rules import Slowing
from yishiting.instruments.documents.rules import read_receipt
from yishiting.year.suggestions.hashes import code_hash
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.states import State

SIGNER = Signer(salt="suggestion.receipt")
KIND = "receipt"
#: Wrong digits of one client for one number, and for any of them: ten thousand codes cannot be tried out.
ONE_NUMBER = Slowing(5, timedelta(minutes=1), timedelta(hours=1), timedelta(hours=24))
ANY_NUMBER = Slowing(20, timedelta(minutes=1), timedelta(minutes=15), timedelta(hours=1))


def slip_token(suggestion: Suggestion) -> str:
    """What the address on the slip ends with: the number and a signature, nothing about the person."""
    return SIGNER.sign(suggestion.receipt)


def by_slip(token: str) -> Suggestion | None:
    """The suggestion of a slip, or None when the signature is not ours."""
    try:
        return _living(_with_receipt(SIGNER.unsign(token)))
    except BadSignature:
        return None


def by_receipt(typed: str, tail: str) -> Suggestion | None:
    """The suggestion with this number, when the last four digits (or the code on the slip) are right."""
    receipt = read_receipt(typed)
    found = _with_receipt(receipt) if receipt else None
    right = found is not None and found.phone_tail_hash == code_hash(found.receipt, tail.strip())
    return _living(found) if right else None


def look_up(receipt: str, tail: str, *, by: Actor | None = None) -> Suggestion:
    """The same for somebody who types them in: says which of the two is wrong, and rests after wrong tries.

    Whoever is signed in and said it themselves need not prove it, however often others tried.
    """
    digits = read_receipt(receipt)
    if digits is None:
        raise Refused(_("受理号不对，可能抄错了一位。请核对回执上的 10 位数字。"), field="receipt")
    own = _with_receipt(digits) if isinstance(by, Person) else None
    if own is not None and own.proposer == by and (mine := _living(own)) is not None:
        return mine
    if not tail.strip():
        raise Refused(_("请填写手机号后四位；没有留手机号的，填回执上的四位查询码。"), field="tail")
    must_not_rest(digits)
    found = by_receipt(digits, tail)
    note_try(digits, right=found is not None)
    if found is None:
        raise Refused(_("受理号和后四位对不上。请核对；没有留手机号的，填回执上的四位查询码。"), field="tail")
    return found


def must_not_rest(receipt: str) -> None:
    """Refuse to look at digits from a client that tried wrongly too often, at this number or at others."""
    if minutes := minutes_left(KIND, _limits(receipt)):
        sentence = _("这里试错的次数多了，请过%(n)s分钟再查；也可以用手机号登录查看，或到居委会查询。")
        raise Refused(sentence % {"n": minutes}, field="tail")


def note_try(receipt: str, *, right: bool) -> None:
    """Count a wrong try; right digits begin afresh."""
    if right:
        forgive(KIND, receipt)
    else:
        count_wrong_try(KIND, _limits(receipt), refused=True)


def _limits(receipt: str) -> list[Limit]:
    return [(receipt, ONE_NUMBER), (ANYTHING, ANY_NUMBER)]


def has_spare_code(suggestion: Suggestion) -> bool:
    """Whether the slip shows a code because no telephone number was left."""
    return not phone_tail(suggestion.proposer_phone)


def _with_receipt(receipt: str) -> Suggestion | None:
    beside = ("place", "merged_into", "proposer", "split_from__place", "split_from__proposer")
    return Suggestion.objects.select_related(*beside).filter(receipt=receipt).first()


def _living(found: Suggestion | None) -> Suggestion | None:
    """What the number leads to: the whole where a split was undone, nothing where a slip was struck."""
    return found if found is None or found.state != State.STRUCK else found.split_from
