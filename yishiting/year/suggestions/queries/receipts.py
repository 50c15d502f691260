"""Finding a suggestion again without an account: by number and four digits, or by the signed link of its slip."""

from django.core.signing import BadSignature, Signer

from yishiting.instruments.documents.rules import read_receipt
from yishiting.year.suggestions.hashes import code_hash
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.rules import phone_tail

SIGNER = Signer(salt="suggestion.receipt")


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


def has_spare_code(suggestion: Suggestion) -> bool:
    """Whether the slip shows a code because no telephone number was left."""
    return not phone_tail(suggestion.proposer_phone)


def _with_receipt(receipt: str) -> Suggestion | None:
    return Suggestion.objects.standing().select_related("place", "merged_into").filter(receipt=receipt).first()
