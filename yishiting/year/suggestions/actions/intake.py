"""Taking in suggestions one by one: from a resident, or on paper and by word of mouth through the desk."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.days import said
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import later, write_entry
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.queries import rules_for
from yishiting.instruments.documents.rules import spoken
from yishiting.year.suggestions import rules
from yishiting.year.suggestions.actions.registering import Desk, keep
from yishiting.year.suggestions.actions.telling import tell_one
from yishiting.year.suggestions.hashes import Speaker, Words
from yishiting.year.suggestions.models import (
    Answer,
    AnswerKind,
    Channel,
    Naming,
    SolicitationSession,
    Suggestion,
)
from yishiting.year.suggestions.permissions import MAY
from yishiting.year.suggestions.queries.intake import asking_on
from yishiting.year.suggestions.rows import TITLE_MOST, WHERE_MOST
from yishiting.year.suggestions.states import LIFECYCLE, State
from yishiting.year.suggestions.words import clean, one_line, shortened, title_from


@verb("suggestion.submit", "提建议", MAY)
def submit_suggestion(
    place: Place,
    *,
    by: Actor,
    text: str,
    title: str = "",
    where: str = "",
    name: str = "",
    phone: str = "",
    door: str = "",
    naming: str = Naming.ANONYMOUS,
) -> Suggestion:
    """Say what should be better in one's community; anyone may, with or without an account."""
    today = timezone.localdate()
    words = _words(place, text, title, where)
    speaker = Speaker(one_line(name), phone, door)
    proposer = by if isinstance(by, Person) else None
    if proposer is not None:
        speaker = replace(speaker, name=speaker.name or proposer.name, phone=speaker.phone or proposer.phone)
    return _register(
        place,
        today,
        words,
        speaker,
        _say_it_is_here,
        channel=Channel.WEB,
        proposer=proposer,
        naming=_naming(naming, speaker),
        wants_contact=bool(phone),
    )


@verb("suggestion.take_down", "代录建议", MAY)
def take_down_suggestion(
    place: Place,
    *,
    by: Actor,
    channel: str,
    text: str,
    received_on: date | None = None,
    title: str = "",
    where: str = "",
    name: str = "",
    phone: str = "",
    door: str = "",
    naming: str = Naming.ANONYMOUS,
    read_back: bool = False,
    wants_contact: bool = False,
    session: SolicitationSession | None = None,
) -> Suggestion:
    """Take down what a resident said or wrote on paper, in their own words; who typed it is kept."""
    today = timezone.localdate()
    day = received_on or today
    _check_day(place, day, today)
    if session is not None and session.place_id != place.pk:
        raise Refused(_("这个场次不是本社区的，请重新选择。"), field="session")
    if channel not in Channel.values:
        raise Refused(_("请选择这条建议是从哪里来的。"), field="channel")
    if wants_contact and not phone:
        raise Refused(_("本人希望联系，请写下联系电话。"), field="phone")
    speaker = Speaker(one_line(name), phone, door)
    return _register(
        place,
        day,
        _words(place, text, title, where),
        speaker,
        channel=channel,
        naming=_naming(naming, speaker),
        recorded_by=by if isinstance(by, Person) else None,
        read_back=read_back,
        wants_contact=wants_contact,
        session=session,
    )


@verb("suggestion.strike", "撤销录入", MAY)
def strike_suggestion(suggestion: Suggestion, *, by: Actor) -> Suggestion:
    """Take back a slip typed by mistake, the same day; its number stays used and it counts nowhere."""
    refusal = rules.may_strike(timezone.localdate(suggestion.created_at), timezone.localdate())
    if refusal:
        raise Refused(refusal)
    LIFECYCLE.advance(suggestion, "suggestion.strike", to=State.STRUCK)
    suggestion.save(update_fields=["state"])
    write_entry(suggestion, receipt=suggestion.receipt)
    return suggestion


@verb("suggestion.settle", "当场解决", MAY)
def settle_suggestion(suggestion: Suggestion, *, by: Actor, text: str) -> Answer:
    """Note that a matter was solved on the spot, and what the proposer was told."""
    said = clean(text)
    if not said:
        raise Refused(_("请写明怎么解决的，本人会看到这段答复。"), field="text")
    today = timezone.localdate()
    LIFECYCLE.advance(suggestion, "suggestion.settle", to=State.SETTLED)
    suggestion.answered_on = today
    suggestion.save(update_fields=["state", "answered_on"])
    answer = Answer.objects.create(
        suggestion=suggestion,
        kind=AnswerKind.SETTLED,
        text=said,
        answered_by=by if isinstance(by, Person) else None,
        answered_on=today,
    )
    _say_it_is_settled(suggestion, answer)
    write_entry(suggestion, private={"answer": said}, answer=str(answer.pk), kind=str(AnswerKind.SETTLED))
    return answer


def _register(
    place: Place,
    day: date,
    words: Words,
    speaker: Speaker,
    then: Callable[[Suggestion], None] = lambda _one: None,
    **more: object,
) -> Suggestion:
    suggestion = Desk.at(place, day).suggestion(words, speaker, **more)
    write_entry(
        suggestion,
        receipt=later(suggestion, "receipt"),
        channel=str(suggestion.channel),
        received_on=day.isoformat(),
        special=str(suggestion.special_id or ""),
        session=str(suggestion.session_id or ""),
        read_back=suggestion.read_back,
    )
    keep([suggestion], lambda: then(suggestion))
    return suggestion


def _words(place: Place, text: str, title: str, where: str) -> Words:
    said = clean(text)
    most = rules_for(place).number("suggestion.text_max")
    if not said:
        raise Refused(_("请写下您想说的事。"), field="text")
    if len(said) > most:
        raise Refused(
            _("写了 %(n)s 字，一次最多 %(most)s 字。请留下最要紧的，其余的可以再提一条。")
            % {"n": len(said), "most": most},
            field="text",
        )
    headed = shortened(one_line(title), TITLE_MOST) or title_from(said)
    return Words(headed, said, shortened(one_line(where), WHERE_MOST))


def _naming(naming: str, speaker: Speaker) -> str:
    if naming != Naming.ANONYMOUS and not speaker.name:
        raise Refused(_("要公开姓名或姓氏，请先写下怎么称呼您。"), field="name")
    return naming


def _check_day(place: Place, day: date, today: date) -> None:
    if day > today:
        raise Refused(_("收到日期在今天之后，请核对。"), field="received_on")
    if not asking_on(place, day):
        raise Refused(
            _("%(day)s不在问政季，也没有开启特殊征集。请核对收到日期；确有急事，请书记开启特殊征集。")
            % {"day": said(day, "plain")},
            field="received_on",
        )


def _say_it_is_here(suggestion: Suggestion) -> None:
    number = spoken(suggestion.receipt)
    body = f"您给{suggestion.place.name}提的建议已受理，受理号 {number}。凭受理号和手机号后四位可以查进展。"
    tell_one(suggestion, "suggestion.received", "建议已受理", body)


def _say_it_is_settled(suggestion: Suggestion, answer: Answer) -> None:
    body = f"您的建议（受理号 {spoken(suggestion.receipt)}）已当场解决：{answer.text}"
    tell_one(suggestion, "suggestion.settled", "建议已当场解决", body)
