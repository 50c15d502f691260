"""Taking in suggestions one by one: from a resident, or on paper and by word of mouth through the desk."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.parameters import Day, Files, OneOf, Ref, Text, YesNo, line
from yishiting.ground.common.people_parameters import Name, Phone
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.files.actions import VISITORS_PURPOSE, attach
from yishiting.ground.ledger.actions import later, write_entry
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.queries import rules_for
from yishiting.instruments.documents.rules import spoken
from yishiting.year.suggestions.actions.registering import Desk, keep
from yishiting.year.suggestions.actions.telling import tell_one
from yishiting.year.suggestions.hashes import Speaker, Words
from yishiting.year.suggestions.models import Channel, Naming, SolicitationSession, Suggestion
from yishiting.year.suggestions.permissions import MAY
from yishiting.year.suggestions.rows import NAME_MOST, TITLE_MOST, WHERE_MOST
from yishiting.year.suggestions.words import clean, one_line, title_from

NOTHING_SAID = _("请写下您想说的事。")
SCANS_MOST = 3
TITLE = line(_("标题"), most=TITLE_MOST, hint=_("空着就取第一句"))
DOOR = line(_("门牌"), most=40, hint=_("如 3-2-501；只用来数户数"), private=True)

SAID = Text(
    _("您想说什么"),
    hint=_("例如：3号楼楼道灯坏了半个月，老人晚上下楼看不清，希望换成声控灯。"),
    missing=NOTHING_SAID,
    rows=5,
)
WHERE = line(_("在哪里"), most=WHERE_MOST, hint=_("例如：3号楼2单元，或社区东门"))
PHONE = Phone(_("怎么联系您"), hint=_("留手机号，可以收到答复，也能凭后四位查进展。电话加密保存，不会公开。"))
NAME = Name(_("怎么称呼您"), most=NAME_MOST, private=True)
NAMING = OneOf(_("公开时怎么写您的名字"), Naming, initial=lambda _place: Naming.ANONYMOUS)
PHOTOS = Files(
    _("照片或文件"),
    hint=_("最多三张。照片里的拍摄地点等信息会自动去掉，只有经办人能看到。"),
    most=SCANS_MOST,
)

CAME_BY = OneOf(_("渠道"), Channel, initial=lambda _place: Channel.BOX, missing=_("请选择这条建议是从哪里来的。"))
RECEIVED = Day(_("收到日期"), past=True, initial=lambda _place: timezone.localdate())
SESSION = Ref(_("征集场次"), lambda place: SolicitationSession.objects.standing().filter(place=place))
WRITTEN = Text(_("原话"), missing=_("请照纸上写的录入原话。"), rows=3)
PROPOSER = Name(_("提出人"), most=NAME_MOST, private=True)
SHOWN_AS = OneOf(_("公开方式"), Naming, initial=lambda _place: Naming.ANONYMOUS)
SCAN = Files(_("扫描件或照片"), most=SCANS_MOST)


@verb("suggestion.submit", _("提建议"), MAY)
def submit_suggestion(
    place: Place,
    *,
    by: Actor,
    text: Annotated[str, SAID],
    title: Annotated[str, TITLE] = "",
    where: Annotated[str, WHERE] = "",
    name: Annotated[str, NAME] = "",
    phone: Annotated[str, PHONE] = "",
    door: Annotated[str, DOOR] = "",
    naming: Annotated[str, NAMING] = Naming.ANONYMOUS,
    photos: Annotated[Sequence[Any], PHOTOS] = (),
) -> Suggestion:
    """Say what should be better in one's community; anyone may, with or without an account."""
    today = timezone.localdate()
    words = words_said(place, text, title, where)
    speaker = Speaker(name, phone, door)
    proposer = by if isinstance(by, Person) else None
    if proposer is not None:
        speaker = replace(speaker, name=speaker.name or proposer.name, phone=speaker.phone or proposer.phone)
    suggestion = _register(
        place,
        today,
        words,
        speaker,
        _say_it_is_here,
        channel=Channel.WEB,
        proposer=proposer,
        naming=shown_as(naming, speaker),
        wants_contact=bool(phone),
    )
    return with_files(suggestion, photos, by, VISITORS_PURPOSE)


@verb(
    "suggestion.take_down",
    _("代录建议"),
    MAY,
    done=lambda slip: _("已录入 %(number)s") % {"number": spoken(slip.receipt)},
)
def take_down_suggestion(
    place: Place,
    *,
    by: Actor,
    channel: Annotated[str, CAME_BY],
    text: Annotated[str, WRITTEN],
    received_on: Annotated[date | None, RECEIVED] = None,
    title: Annotated[str, TITLE] = "",
    where: Annotated[str, line(_("地点"), most=WHERE_MOST)] = "",
    name: Annotated[str, PROPOSER] = "",
    phone: Annotated[str, Phone(_("电话"))] = "",
    door: Annotated[str, DOOR] = "",
    naming: Annotated[str, SHOWN_AS] = Naming.ANONYMOUS,
    read_back: Annotated[bool, YesNo(_("已向本人读回"))] = False,
    wants_contact: Annotated[bool, YesNo(_("本人希望联系"))] = False,
    session: Annotated[SolicitationSession | None, SESSION] = None,
    scan: Annotated[Sequence[Any], SCAN] = (),
) -> Suggestion:
    """Take down what a resident said or wrote on paper, in their own words; who typed it is kept."""
    day = received_on or timezone.localdate()
    if wants_contact and not phone:
        raise Refused(_("本人希望联系，请写下联系电话。"), field="phone")
    speaker = Speaker(name, phone, door)
    suggestion = _register(
        place,
        day,
        words_said(place, text, title, where),
        speaker,
        channel=channel,
        naming=shown_as(naming, speaker),
        recorded_by=by if isinstance(by, Person) else None,
        read_back=read_back,
        wants_contact=wants_contact,
        session=session,
    )
    return with_files(suggestion, scan, by, "scan")


def with_files(suggestion: Suggestion, files: Sequence[Any], by: Actor, purpose: str) -> Suggestion:
    """The suggestion, with these files hung on it."""
    for file in files:
        attach(suggestion, file, by=by, purpose=purpose)
    return suggestion


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


def words_said(place: Place, text: str, title: str, where: str) -> Words:
    """The words of a suggestion in the form in which they are kept; refused where there are none, or too many."""
    words = clean(text)
    most = rules_for(place).number("suggestion.text_max")
    if not words:
        raise Refused(NOTHING_SAID, field="text")
    if len(words) > most:
        raise Refused(
            _("写了 %(n)s 字，一次最多 %(most)s 字。请留下最要紧的，其余的可以再提一条。")
            % {"n": len(words), "most": most},
            field="text",
        )
    return Words(one_line(title) or title_from(words), words, one_line(where))


def shown_as(naming: str, speaker: Speaker) -> str:
    """How the name is shown; refused where there is none to show."""
    if naming != Naming.ANONYMOUS and not speaker.name:
        raise Refused(_("要公开姓名或姓氏，请先写下怎么称呼您。"), field="name")
    return naming


def _say_it_is_here(suggestion: Suggestion) -> None:
    number = spoken(suggestion.receipt)
    body = f"您给{suggestion.place.name}提的建议已受理，受理号 {number}。凭受理号和手机号后四位可以查进展。"
    tell_one(suggestion, "suggestion.received", "建议已受理", body)
