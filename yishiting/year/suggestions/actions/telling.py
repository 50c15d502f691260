"""Telling everyone whose words are in a suggestion, those merged into it too. Not verbs: verbs call these."""

from collections.abc import Iterable

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.ground.common.phones import read_number
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.notices.actions import in_one_statement, tell, text_message
from yishiting.ground.notices.models import Audience
from yishiting.instruments.documents.rules import spoken
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.queries.clusters import cluster_of


def tell_proposers(
    suggestion: Suggestion, template: str, subject: str, body: str, told: set[str] | None = None
) -> None:
    """Tell each proposer of the cluster once a day and template: on site with an account, else by message if wanted.

    Whoever said the same several times is one person and is told once; `told` are those a wider circle has told.
    """
    told = set() if told is None else told
    with in_one_statement():
        for one in cluster_of(suggestion):
            if who_said(one) not in told:
                told.add(who_said(one))
                tell_one(one, template, subject, body)


def who_said(suggestion: Suggestion) -> str:
    """The person behind a suggestion, as far as they can be told apart: account, telephone number, or this one slip."""
    if suggestion.proposer_id:
        return f"person {suggestion.proposer_id}"
    return f"phone {suggestion.phone_hash}" if suggestion.phone_hash else f"slip {suggestion.pk}"


def by_person(suggestions: Iterable[Suggestion]) -> list[tuple[Suggestion, str]]:
    """One suggestion of each person, and the receipt numbers of all that person has among these."""
    mine: dict[str, list[Suggestion]] = {}
    for one in suggestions:
        mine.setdefault(who_said(one), []).append(one)
    return [(own[0], "、".join(spoken(one.receipt) for one in own)) for own in mine.values()]


def is_reached(suggestion: Suggestion) -> bool:
    """Whether a message reaches whoever said it: on site with an account, else by text where they wished to be told."""
    by_text = suggestion.wants_contact and read_number(suggestion.proposer_phone).takes_texts
    return suggestion.proposer_id is not None or by_text


def told_in_words(suggestions: Iterable[Suggestion]) -> Sentence:
    """How many were told, and the numbers of those whom no message reaches: somebody has to telephone them or go there."""
    people = by_person(suggestions)
    left = [receipts for one, receipts in people if not is_reached(one)]
    said = [_("已告知%(n)s人。") % {"n": len(people) - len(left)}] if len(left) < len(people) else []
    if left:
        words = {"n": len(left), "receipts": "；".join(left)}
        said.append(_("%(n)s人没有留下能收消息的联系方式，请打电话或当面告知：%(receipts)s。") % words)
    return "".join(said)


def tell_one(suggestion: Suggestion, template: str, subject: str, body: str) -> None:
    """Tell the proposer of one suggestion."""
    once = f"{template}:{suggestion.pk}:{timezone.localdate()}"
    code = suggestion.place.code
    if suggestion.proposer is not None:
        tell(
            suggestion.proposer,
            once=once,
            template=template,
            subject=subject,
            body=body,
            audience=Audience.PUBLIC,
            about=suggestion,
            place_code=code,
        )
    elif suggestion.wants_contact and suggestion.phone_hash:
        phone = suggestion.proposer_phone
        text_message(phone, once=once, template=template, body=f"【{settings.SITE['name']}】{body}", place_code=code)
