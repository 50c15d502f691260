"""Announcing a hearing, holding it, noting who spoke on what, answering, making the record public."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Unpack

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.days import chinese
from yishiting.ground.common.language import in_chinese
from yishiting.ground.common.parameters import Moment, OneOf, Ref, Text, line
from yishiting.ground.common.people_parameters import Name, Phone
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.organisations.actions.naming import PersonHere
from yishiting.ground.organisations.models import Organisation
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.queries import holidays, rules_for
from yishiting.instruments.publicity.actions import post_notice
from yishiting.instruments.publicity.models import NoticeKind
from yishiting.year.hearings.models import Hearing, Speech, SpeechKind
from yishiting.year.hearings.permissions import MAY
from yishiting.year.hearings.states import LIFECYCLE, State
from yishiting.year.meetings.rules import why_not_on
from yishiting.year.suggestions.actions import hold_session, take_down_suggestion, withdraw_session
from yishiting.year.suggestions.actions.sessions import COUNTED_ONCE, KINDS, Came, SpeakerKind, at_least_one
from yishiting.year.suggestions.models import Channel, SolicitationSession, Suggestion
from yishiting.year.suggestions.queries.screening import sections
from yishiting.year.suggestions.rows import NAME_MOST, WHERE_MOST
from yishiting.year.suggestions.states import State as SuggestionState

MOST_AT_ONCE = 300
INVITED = _("邀请谁，按类别写人数。通知公开张贴，没有邀请到的人也可以来。")
TITLE = line(_("名称"), most=120, hint=_("例如：麦子店街道2026年大型问政会"), missing=_("请给这一场起个名字。"))
ABOUT = Text(_("议什么"), rows=4, hint=_("例如：今年拟办哪些实事项目。"), missing=_("请写明请大家议什么。"))
STARTS = Moment(_("时间"), hint=_("例如：3月20日 下午2点"), missing=_("请写明哪天几点。"))
VENUE = line(_("地点"), most=120, missing=_("请写明在哪里开。"))
WHY_CHANGED = line(_("为什么更正"), most=200, hint=_("会公开，会留痕"), missing=_("请写明为什么更正，会公开。"))
WHY_OFF = Text(_("取消原因"), rows=2, hint=_("会公开。"), missing=_("请写明为什么取消，会公开。"))
WHY_WITHDRAWN = line(_("为什么撤销"), most=200, missing=_("请写明为什么撤销，会留痕。"))
KIND = OneOf(
    _("发言类别"),
    SpeechKind,
    hint=_("意见和项目收为建议，当场给受理号，以后初审、答复都有下文；提问由办公室或科室答复，答复留在记录里。"),
    missing=_("请选择是提意见、提项目还是提问。"),
)
SPEAKER = OneOf(_("发言人类别"), SpeakerKind, missing=_("请选择发言人是哪一类。"))
SPOKEN = Text(_("说了什么"), rows=4, hint=_("照本人的话记。"), missing=_("请写明说了什么。"))
ASKED_OF = Ref(_("问哪个科室"), lambda hearing: sections(hearing.place), hint=_("提问的才选。"))
LIST = Text(
    _("意见和项目，一行一条"),
    rows=10,
    hint=_("可以从 Excel 整片粘贴：第一列写说了什么，后面依次是姓名、电话、地点，没有的空着。每一条当场给受理号。"),
    missing=_("请一行写一条。"),
)
RECORD = Text(_("会议记录"), rows=10, hint=_("会公开。发言不写姓名，写哪一类的代表。"), missing=_("请写会议记录。"))
ANSWER = Text(_("答复"), rows=4, hint=_("会公开。"), missing=_("请写明答复。"))


def _early_enough(place: Place, starts_at: datetime) -> None:
    early = rules_for(place).number("meeting.notice_workdays")
    day = timezone.localdate(starts_at)
    if refusal := why_not_on(day, timezone.localdate(), early, holidays()):
        raise Refused(refusal, field="starts_at")


@in_chinese
def _announcement(hearing: Hearing) -> str:
    who = "、".join(f"{KINDS[kind]}{number}人" for kind, number in hearing.invited.items())
    starts = timezone.localtime(hearing.starts_at)
    return (
        f"{hearing.place.name}定于{chinese(starts.date(), 'weekday')}{starts:%H:%M}在{hearing.venue}召开“{hearing.title}”。\n"
        f"议题：{hearing.about}\n邀请：{who}。没有收到邀请的居民也欢迎参加。"
    )


def _post(hearing: Hearing, by: Actor, title: str, body: str) -> None:
    post_notice(
        hearing.place,
        by=by,
        kind=NoticeKind.ANNOUNCEMENT,
        title=f"{hearing.title}{title}",
        body=body,
        takes_objections=False,
        subject=hearing,
    )


@verb("hearing.announce", _("通知召开问政会"), MAY, done=_("通知已张贴在公示栏。"), before=INVITED)
def announce_hearing(
    place: Place,
    *,
    by: Actor,
    title: Annotated[str, TITLE],
    about: Annotated[str, ABOUT],
    starts_at: Annotated[datetime, STARTS],
    venue: Annotated[str, VENUE],
    **came: Unpack[Came],
) -> Hearing:
    """Announce a hearing, as early before it as the rules ask: what about, when and where, who is invited by category."""
    _early_enough(place, starts_at)
    hearing = Hearing.objects.create(
        place=place,
        title=title,
        about=about,
        starts_at=starts_at,
        venue=venue,
        invited=at_least_one(came),
        announced_on=timezone.localdate(),
        rules_label=rules_for(place).label,
    )
    write_entry(hearing, rules=hearing.rules_label, day=_day_of(hearing), participants=hearing.invited)
    _post(hearing, by, "通知", _announcement(hearing))
    return hearing


def _day_of(hearing: Hearing) -> str:
    return timezone.localdate(hearing.starts_at).isoformat()


@verb("hearing.amend", _("更正通知"), MAY, done=_("更正后的通知已张贴。"), before=INVITED)
def amend_hearing(
    hearing: Hearing,
    *,
    by: Actor,
    title: Annotated[str, TITLE],
    about: Annotated[str, ABOUT],
    starts_at: Annotated[datetime, STARTS],
    venue: Annotated[str, VENUE],
    reason: Annotated[str, WHY_CHANGED],
    **came: Unpack[Came],
) -> Hearing:
    """Put right what was announced, or another day: announced again, as early as the first time where the day changes."""
    if timezone.localdate(starts_at) != timezone.localdate(hearing.starts_at):
        _early_enough(hearing.place, starts_at)
    before = _day_of(hearing)
    hearing.title, hearing.about, hearing.starts_at, hearing.venue = title, about, starts_at, venue
    hearing.invited = at_least_one(came) if came else hearing.invited
    hearing.save(update_fields=["title", "about", "starts_at", "venue", "invited"])
    write_entry(hearing, day=_day_of(hearing), before=before, participants=hearing.invited, private={"reason": reason})
    _post(hearing, by, "更正通知", f"{_announcement(hearing)}\n更正原因：{reason}")
    return hearing


@verb("hearing.call_off", _("取消问政会"), MAY, done=_("已取消，通知已张贴。"), kind="danger")
def call_off_hearing(hearing: Hearing, *, by: Actor, reason: Annotated[str, WHY_OFF]) -> Hearing:
    """Call a hearing off, or take back one entered as held by mistake while nothing was taken down at it."""
    if speeches := Speech.objects.standing().filter(hearing=hearing).count():
        raise Refused(_("这一场记过%(n)s条发言，不能取消。记错的，请先逐条“撤销发言”。") % {"n": speeches})
    session = hearing.session
    LIFECYCLE.advance(hearing, "hearing.call_off")
    hearing.called_off_because = reason
    hearing.save(update_fields=["state", "called_off_because"])
    if session is not None:
        withdraw_session(session, by=by, reason=reason[:200])
    write_entry(hearing, day=_day_of(hearing), private={"reason": reason})
    _post(hearing, by, "取消通知", f"原定{_day_of(hearing)}的“{hearing.title}”取消。原因：{reason}")
    return hearing


def _day_has_come(hearing: Hearing) -> Sentence | None:
    day = timezone.localdate(hearing.starts_at)
    if day <= timezone.localdate():
        return None
    return _("这一场%(day)s才开。开过以后再“登记召开”。") % {"day": chinese(day, "plain")}


@verb(
    "hearing.hold",
    _("登记召开"),
    MAY,
    done=_("已登记，计入征集场次。接着记录谁说了什么。"),
    before=COUNTED_ONCE,
    conditions=(_day_has_come,),
)
def hold_hearing(
    hearing: Hearing, *, by: Actor, host: Annotated[str, PersonHere(_("主持人"))] = "", **came: Unpack[Came]
) -> Hearing:
    """Enter a hearing as held, with who came by category: from now on it is a solicitation session of its own kind."""
    day = timezone.localdate(hearing.starts_at)
    hearing.session = hold_session(
        hearing.place,
        by=by,
        title=hearing.title,
        channel=Channel.INQUIRY_MEETING,
        held_on=day,
        venue=hearing.venue,
        host=host,
        **came,
    )
    LIFECYCLE.advance(hearing, "hearing.hold")
    hearing.save(update_fields=["state", "session"])
    write_entry(hearing, session=str(hearing.session.pk), day=day.isoformat())
    return hearing


def _noted(speech: Speech) -> Sentence:
    if speech.suggestion is None:
        return _("提问已记录，答复以后一起公开。")
    return _("已记录，收为建议，受理号 %(receipt)s。") % {"receipt": speech.suggestion.receipt}


@verb("hearing.note_speech", _("记录发言"), MAY, done=_noted)
def note_speech(
    hearing: Hearing,
    *,
    by: Actor,
    kind: Annotated[SpeechKind, KIND],
    speaker: Annotated[str, SPEAKER],
    text: Annotated[str, SPOKEN],
    where: Annotated[str, line(_("地点"), most=WHERE_MOST)] = "",
    name: Annotated[str, Name(_("提出人"), most=NAME_MOST, private=True)] = "",
    phone: Annotated[str, Phone(_("电话"))] = "",
    asked_of: Annotated[Organisation | None, ASKED_OF] = None,
) -> Speech:
    """Note who spoke on what: an opinion or a project is taken in at once, with its channel and number; a question waits."""
    question = kind == SpeechKind.QUESTION
    if question and (name or phone):
        raise Refused(_("提问不记姓名和电话，只记发言人类别。"), field="name" if name else "phone")
    if not question and asked_of is not None:
        raise Refused(_("提问的才选科室。意见和项目初审以后再定谁办。"), field="asked_of")
    taken = None if question else _taken_in(hearing, by, text, {"where": where, "name": name, "phone": phone})
    speech = Speech.objects.create(
        hearing=hearing,
        place=hearing.place,
        position=_next_position(hearing),
        kind=kind,
        speaker=speaker,
        text=text,
        suggestion=taken,
        asked_of=asked_of,
    )
    write_entry(speech, hearing=str(hearing.pk), kind=str(kind), private={"text": text})
    return speech


def _next_position(hearing: Hearing) -> int:
    last = Speech.objects.filter(hearing=hearing).order_by("-position").values_list("position", flat=True).first()
    return (last or 0) + 1


def _taken_in(hearing: Hearing, by: Actor, text: str, about: Mapping[str, str]) -> Suggestion:
    session: SolicitationSession = hearing.session  # type: ignore[assignment]  # a hearing that was held has one
    return take_down_suggestion(
        hearing.place,
        by=by,
        channel=Channel.INQUIRY_MEETING,
        text=text,
        received_on=session.held_on,
        session=session,
        **about,  # type: ignore[arg-type]  # where, name, phone
    )


@verb(
    "hearing.note_many",
    _("成批记录意见"),
    MAY,
    done=lambda speeches: _("已记录%(n)s条，都收为建议，各有受理号。") % {"n": len(speeches)},
)
def note_many(
    hearing: Hearing,
    *,
    by: Actor,
    kind: Annotated[
        SpeechKind, OneOf(_("发言类别"), SpeechKind, offered=(SpeechKind.OPINION, SpeechKind.PROJECT))
    ] = SpeechKind.OPINION,
    speaker: Annotated[str, SPEAKER],
    said: Annotated[str, LIST],
) -> list[Speech]:
    """Take in a whole list of opinions or projects as it was pasted, each with its number."""
    if kind == SpeechKind.QUESTION:
        raise Refused(_("提问请逐条“记录发言”。"), field="kind")
    rows = [[cell.strip() for cell in row.split("\t")] for row in said.splitlines() if row.strip()]
    if len(rows) > MOST_AT_ONCE:
        raise Refused(_("一次最多%(most)s条，请分几次粘贴，或者“导入文件”。") % {"most": MOST_AT_ONCE}, field="said")
    first = _next_position(hearing)
    speeches = [_listed(hearing, by, kind, speaker, first + n, row, n + 1) for n, row in enumerate(rows)]
    Speech.objects.bulk_create(speeches)
    write_entry(hearing, kind=str(kind), number=len(speeches))
    return speeches


def _listed(
    hearing: Hearing, by: Actor, kind: SpeechKind, speaker: str, position: int, row: list[str], n: int
) -> Speech:
    text, name, phone, where, *_more = [*row, "", "", "", ""]
    try:
        taken = _taken_in(hearing, by, text, {"name": name, "phone": phone, "where": where})
    except Refused as refusal:
        raise Refused(_("第%(n)s行：%(why)s") % {"n": n, "why": refusal}, field="said") from None
    return Speech(
        hearing=hearing, place=hearing.place, position=position, kind=kind, speaker=speaker, text=text, suggestion=taken
    )


def _is_a_question(speech: Speech) -> Sentence | None:
    if speech.withdrawn_on is not None:
        return _("这一条已经撤销。")
    return None if speech.kind == SpeechKind.QUESTION else _("意见和项目收为建议，请在建议的页面答复。")


@verb(
    "speech.answer",
    _("答复提问"),
    MAY,
    before=lambda speech: speech.text,
    done=_("答复已留在记录里。"),
    conditions=(_is_a_question,),
)
def answer_speech(speech: Speech, *, by: Actor, answer: Annotated[str, ANSWER]) -> Speech:
    """Answer a question that was asked at a hearing, on the spot or later; a second answer takes the place of the first."""
    before = speech.answer
    speech.answer, speech.answered_on = answer, timezone.localdate()
    speech.save(update_fields=["answer", "answered_on"])
    write_entry(speech, hearing=str(speech.hearing_id), private={"answer": answer, "before": before})
    return speech


def _can_be_taken_back(speech: Speech) -> Sentence | None:
    if speech.withdrawn_on is not None:
        return _("这一条已经撤销，不用再撤销。")
    taken = speech.suggestion
    if taken is None or taken.state == SuggestionState.STRUCK:
        return None
    return _("这一条收为建议%(receipt)s。请先在建议的页面“撤销录入”，再撤销发言。") % {"receipt": taken.receipt}


@verb("speech.withdraw", _("撤销发言"), MAY, done=_("已撤销。"), conditions=(_can_be_taken_back,), kind="danger")
def withdraw_speech(speech: Speech, *, by: Actor, reason: Annotated[str, WHY_WITHDRAWN]) -> Speech:
    """Take back what was noted by mistake; the row and the reason stay on file."""
    speech.withdrawn_on, speech.withdrawn_because = timezone.localdate(), reason
    speech.save(update_fields=["withdrawn_on", "withdrawn_because"])
    write_entry(speech, hearing=str(speech.hearing_id), private={"reason": reason})
    return speech


@verb("hearing.publish", _("公开记录"), MAY, done=_("记录已公开。"))
def publish_hearing(hearing: Hearing, *, by: Actor, record: Annotated[str, RECORD]) -> Hearing:
    """Make the record public: who came by category, what was said, what was answered; done again it puts the record right."""
    before = hearing.record
    LIFECYCLE.advance(hearing, "hearing.publish", to=State.PUBLISHED)
    hearing.record, hearing.published_on = record, hearing.published_on or timezone.localdate()
    hearing.save(update_fields=["state", "record", "published_on"])
    write_entry(hearing, day=_day_of(hearing), private={"text": record, "before": before})
    return hearing
