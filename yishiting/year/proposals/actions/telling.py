"""Telling everyone whose words a proposal rests on. Not verbs: verbs call these."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.days import chinese
from yishiting.ground.common.language import in_chinese
from yishiting.ground.common.locks import hold
from yishiting.ground.notices.actions import in_one_statement, reach, tell
from yishiting.ground.notices.models import Audience
from yishiting.ground.notices.queries import Whom, told_of
from yishiting.ground.organisations.models import Appointment, Office, Organisation
from yishiting.ground.organisations.queries import contacts_of
from yishiting.ground.organisations.rules import DESKS
from yishiting.ground.places.models import Level, Place
from yishiting.ground.places.organs import office_of
from yishiting.year.dossiers.models import Referral
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.queries import mains_of
from yishiting.year.suggestions.actions.answering import Promise, keep_answers
from yishiting.year.suggestions.actions.telling import tell_proposers, told_in_words
from yishiting.year.suggestions.models import Answer, AnswerKind, Suggestion
from yishiting.year.suggestions.queries.clusters import clusters_of

_circle: ContextVar[set[str] | None] = ContextVar("circle", default=None)


@contextmanager
def one_step() -> Iterator[None]:
    """Within, what is told to several groups of people is one step: whoever is in several of them is told once."""
    token = _circle.set(set() if (told := _circle.get()) is None else told)
    try:
        yield
    finally:
        _circle.reset(token)


def tell_all(proposal: Proposal, step: str, body: str) -> None:
    """Every proposer of every source is told of a step of the proposal."""
    tell_sources(proposal, f"proposal.{step}", body)


#: Who is told of what was reported up; at the district, everybody at its desk.
RECEIVES: Mapping[str, tuple[str, ...]] = {Level.SUBDISTRICT: (Office.SECTION_HEAD,)}
HEADS_OF_UNITS = (Office.SECTION_HEAD, Office.HANDLING_OFFICER)
#: Where proposals from below are joined, their people hear of these steps under another name.
ALSO = {
    "draft": "proposal.join",
    "decide": "proposal.answer_joined",
    "put_off": "proposal.answer_joined",
    "defer": "proposal.answer_joined",
    "take_on": "proposal.answer_joined",
}


def told_words(proposal: Proposal, step: str) -> str:
    """Which proposers were really told of a step, those of the proposals it joins too."""
    mains = mains_of(proposal).select_related("place", "proposer")
    everyone = [one for cluster in clusters_of(list(mains)).values() for one in cluster]
    also = [ALSO[step]] if step in ALSO and proposal.sources.filter(below__isnull=False).exists() else []
    return str(told_in_words(f"proposal.{step}", everyone, *also))


def tell_sources(proposal: Proposal, template: str, body: str) -> None:
    """Every proposer of every source is told once, those of merged suggestions too."""
    tell_mains(mains_of(proposal), template, body)


def tell_mains(mains: "QuerySet[Suggestion]", template: str, body: str, *, of: str = "") -> None:
    """Everybody whose words are in these, or were merged into them, is told once; `of` what, where there may be several."""
    circle = _circle.get()
    told = set[str]() if circle is None else circle
    with in_one_statement():
        for suggestion in mains.select_related("place", "proposer"):
            tell_proposers(suggestion, template, "您的建议有了进展", body, told, of=of)


@in_chinese
def answer_all(
    proposal: Proposal, by: Actor, kind: AnswerKind, step: str, body: str, promise: Promise | None = None
) -> list[Answer]:
    """What was decided is an answer to every source: their waiting ends, and everybody is told once."""
    return answer_mains(mains_of(proposal), by, kind, f"proposal.{step}", body, promise)


@in_chinese
def answer_own(proposal: Proposal, by: Actor, kind: AnswerKind, step: str, body: str) -> list[Answer]:
    """The same to the suggestions it rests on itself: the proposals from below it joins have an answer of their own."""
    return answer_mains(proposal.suggestions.all(), by, kind, f"proposal.{step}", body)


@in_chinese
def answer_mains(
    rows: "QuerySet[Suggestion]",
    by: Actor,
    kind: AnswerKind,
    template: str,
    body: str,
    promise: Promise | None = None,
    *,
    of: str = "",
) -> list[Answer]:
    """What was decided is the answer to these and to all that was merged into them."""
    mains = list(rows.order_by("pk"))
    hold(*mains)
    answers = keep_answers(mains, by, kind, body, promise)
    tell_mains(rows, template, f"{body}{answers[0].goes_on}" if answers else body, of=of)
    return answers


def tell_heads_here(proposal: Proposal, sent: Referral) -> None:
    """The heads of the place that something is handed down to are told that it waits for them."""
    heads = Appointment.objects.in_force(timezone.localdate()).filter(
        place=sent.to_place, office__in=DESKS[sent.to_place.level].heads
    )
    with in_one_statement():
        for head in heads.select_related("person"):
            tell(
                head.person,
                once=f"proposal.hand_down:{sent.pk}",
                template="proposal.hand_down",
                subject="上级交办的建议案等您回复",
                body=f"{sent.from_place}把建议案“{proposal.title}”交{sent.to_place}办理：{sent.reason}",
                audience=Audience.DESK,
                about=proposal,
                place_code=proposal.place.code,
            )


def tell_those_above(proposal: Proposal, sent: Referral) -> None:
    """The section heads of the place a proposal is reported to are told that it waits for them; without one, it is rung."""
    who = RECEIVES.get(sent.to_place.level, DESKS[sent.to_place.level].working)
    heads = Appointment.objects.in_force(timezone.localdate()).filter(place=sent.to_place, office__in=who)
    people = [Whom(name=head.person.name, person=head.person) for head in heads.select_related("person")]
    body = f"{sent.from_place.name}报送建议案“{proposal.title}”（{proposal.resolution_number}）：{sent.reason}"
    for whom in people or [Whom(name=office_of(sent.to_place, None), phone=_telephone(sent.to_place))]:
        reach(
            whom,
            step=_above(proposal),
            template="proposal.report_up",
            subject=f"{sent.from_place.word}报送的建议案等您答复",
            body=body,
            audience=Audience.DESK,
            about=proposal,
            place=proposal.place,
        )


def tell_those_who_passed_on(proposal: Proposal, step: str, body: str) -> None:
    """The heads of the place that passed it on hear what came back."""
    tell_those_who_reported(proposal, step, body, template="proposal.answered_across", subject="转办的建议案有了答复")


def tell_those_who_reported(
    proposal: Proposal,
    step: str,
    body: str,
    *,
    template: str = "proposal.answered_above",
    subject: str = "上级有了答复",
) -> None:
    """The heads of the place that reported it hear what was answered; its home shows it too."""
    heads = Appointment.objects.in_force(timezone.localdate()).filter(
        place=proposal.place, office__in=DESKS[proposal.place.level].heads
    )
    with in_one_statement():
        for head in heads.select_related("person"):
            tell(
                head.person,
                once=f"{template}.{step}:{proposal.pk}:{proposal.revision}",
                template=template,
                subject=subject,
                body=body,
                audience=Audience.DESK,
                about=proposal,
                place_code=proposal.place.code,
            )


def tell_responsible(proposal: Proposal, section: Organisation, due: date) -> None:
    """The head of the section that has it in hand, and the leader, hear that it waits for them."""
    held = Appointment.objects.in_force(timezone.localdate()).filter(organisation=section, office__in=HEADS_OF_UNITS)
    people = [one.person for one in held.select_related("person")]
    if proposal.responsible is not None:
        people.append(proposal.responsible)
    body = f"{proposal.place}报送的建议案“{proposal.title}”由{section.name}承办，请在{chinese(due, 'plain')}以前立项。"
    with in_one_statement():
        for person in dict.fromkeys(people):
            tell(
                person,
                once=f"proposal.take_on:{proposal.pk}:{proposal.revision}:{person.pk}",
                template="proposal.in_hand",
                subject="有一件建议案等您立项",
                body=body,
                audience=Audience.DESK,
                about=proposal,
                place_code=section.place.code,
            )


def told_above(proposal: Proposal, step: str = "report_up") -> str:
    """Who of the level above was really told, and which proposers."""
    return _("上级：%(above)s提建议的人：%(sources)s") % {
        "above": told_of(_above(proposal)).words,
        "sources": told_words(proposal, step),
    }


def _above(proposal: Proposal) -> str:
    return f"proposal.report_up:{proposal.pk}:{proposal.revision}"


def _telephone(place: Place) -> str:
    return next((one.telephone for one in contacts_of(place) if one.telephone), "")
