"""Telling everyone whose words are in a suggestion, those merged into it too. Not verbs: verbs call these."""

from collections.abc import Iterable

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.ground.common.phones import phone_digits, takes_texts
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.notices.actions import in_one_statement, ring, tell, text_message
from yishiting.ground.notices.models import Audience
from yishiting.ground.notices.queries import Whom, steps_told
from yishiting.instruments.documents.rules import spoken
from yishiting.year.suggestions.models import Suggestion
from yishiting.year.suggestions.queries.clusters import cluster_of

#: What somebody is waiting for: whoever left a number that takes no texts is rung about these, and not at every step.
RUNG_ABOUT = (
    "suggestion.answered", "suggestion.settled", "suggestion.screened", "proposal.decide", "proposal.bring_back",
    "proposal.take_on", "proposal.forward", "proposal.defer", "proposal.explain", "proposal.hear_above", "proposal.answer_joined",
    "proposal.note_reply", "proposal.reply", "proposal.put_off", "proposal.answer_sources", "proposal.ask_proposers",
)  # fmt: skip


def tell_proposers(
    suggestion: Suggestion, template: str, subject: str, body: str, told: set[str] | None = None, *, of: str = ""
) -> None:
    """Tell each proposer of the cluster once a day and template: on site with an account, else by message if wanted.

    Whoever said the same several times is one person and is told once; `told` are those a wider circle has told.
    `of` names what the step was taken in, where the same may be told of several things on one day.
    """
    told = set() if told is None else told
    with in_one_statement():
        for one in cluster_of(suggestion):
            if who_said(one) not in told:
                told.add(who_said(one))
                tell_one(one, template, subject, body, of=of)


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


def told_in_words(template: str, suggestions: Iterable[Suggestion], *also: str) -> Sentence:
    """How many were told, read from what was really sent, and the numbers of those whom no message reached.

    `also`: other templates under which some of them heard of the same.
    """
    mine: dict[str, list[Suggestion]] = {}
    for one in suggestions:
        mine.setdefault(who_said(one), []).append(one)
    steps = {who: {_step(name, one) for one in own for name in (template, *also)} for who, own in mine.items()}
    sent = steps_told(step for some in steps.values() for step in some)
    left = [own for who, own in mine.items() if not steps[who] & sent]
    said = [_("已告知%(n)s人。") % {"n": len(mine) - len(left)}] if len(left) < len(mine) else []
    if left:
        receipts = "；".join("、".join(spoken(one.receipt) for one in own) for own in left)
        words = {"n": len(left), "receipts": receipts}
        said.append(_("%(n)s人没有留下能收消息的联系方式，请打电话或当面告知：%(receipts)s。") % words)
    return "".join(said)


def _step(template: str, suggestion: Suggestion) -> str:
    return f"{template}:{suggestion.pk}:{timezone.localdate()}"


def tell_one(suggestion: Suggestion, template: str, subject: str, body: str, *, of: str = "") -> None:
    """Tell the proposer of one suggestion: on site with an account, else by text where they wished to be told.

    Where the number that was left takes no texts, the desk rings it with what they are waiting for.
    """
    step, place = _step(template, suggestion) + (f":{of}" if of else ""), suggestion.place
    if suggestion.proposer is not None:
        said = {"template": template, "subject": subject, "body": body, "place_code": place.code}
        tell(suggestion.proposer, once=step, audience=Audience.PUBLIC, about=suggestion, **said)
        return
    phone = suggestion.proposer_phone if suggestion.phone_hash else ""
    if suggestion.wants_contact and takes_texts(phone):
        words = f"【{settings.SITE['name']}】{body}"
        text_message(phone, once=step, template=template, body=words, place_code=place.code)
    elif phone_digits(phone) and template.startswith(RUNG_ABOUT):
        whom = Whom(name=suggestion.proposer_name, phone=phone, unit=spoken(suggestion.receipt))
        ring(whom, step=step, subject=subject, body=body, place=place)
