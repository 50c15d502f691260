"""Finding a suggestion again without an account: by number and four digits, or by the signed link of its slip."""

from django.core.cache import cache
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from yishiting.ground.common.refused import Refused
from yishiting.instruments.documents.rules import read_receipt
from yishiting.year.suggestions.hashes import code_hash
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.rules import phone_tail

SIGNER = Signer(salt="suggestion.receipt")
#: Wrong digits for one number before it rests, and for how long: ten thousand codes cannot be tried out.
TRIES = 5
REST_SECONDS = 900


def slip_token(suggestion: Suggestion) -> str:
    """What the address on the slip ends with: the number and a signature, nothing about the person."""
    return SIGNER.sign(suggestion.receipt)


def by_slip(token: str) -> Suggestion | None:
    """The suggestion of a slip, or None when the signature is not ours."""
    try:
        return _with_receipt(SIGNER.unsign(token))
    except BadSignature:
        return None


def by_receipt(typed: str, tail: str) -> Suggestion | None:
    """The suggestion with this number, when the last four digits (or the code on the slip) are right."""
    receipt = read_receipt(typed)
    found = _with_receipt(receipt) if receipt else None
    right = found is not None and found.phone_tail_hash == code_hash(found.receipt, tail.strip())
    return found if right else None


def look_up(receipt: str, tail: str) -> Suggestion:
    """The same for somebody who types them in: says which of the two is wrong, and rests after wrong tries."""
    digits = read_receipt(receipt)
    if digits is None:
        raise Refused(_("受理号不对，可能抄错了一位。请核对回执上的 10 位数字。"), field="receipt")
    must_not_rest(digits)
    found = by_receipt(digits, tail)
    note_try(digits, right=found is not None)
    if found is None:
        raise Refused(_("受理号和后四位对不上。请核对；没有留手机号的，填回执上的四位查询码。"), field="tail")
    return found


def must_not_rest(receipt: str) -> None:
    """Refuse to look at digits for a number that was tried wrongly too often."""
    if cache.get(f"follow:{receipt}", 0) >= TRIES:
        raise Refused(_("这个受理号试错的次数多了，请过一刻钟再查，或到居委会查询。"), field="tail")


def note_try(receipt: str, *, right: bool) -> None:
    """Count a wrong try; right digits begin afresh."""
    key = f"follow:{receipt}"
    if right:
        cache.set(key, 0, REST_SECONDS)
    else:
        cache.add(key, 0, REST_SECONDS)
        cache.incr(key)


def has_spare_code(suggestion: Suggestion) -> bool:
    """Whether the slip shows a code because no telephone number was left."""
    return not phone_tail(suggestion.proposer_phone)


def _with_receipt(receipt: str) -> Suggestion | None:
    return Suggestion.objects.standing().select_related("place", "merged_into").filter(receipt=receipt).first()
