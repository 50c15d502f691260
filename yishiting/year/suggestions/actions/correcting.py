"""What the desk typed wrongly is put right: the words before the screening, the contact at any time, or all of it struck.

The number stays, and so does what stood there before: sealed, in the entry of the correction.
"""

import json
from datetime import date
from typing import Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.parameters import Day, OneOf, Ref, Text, YesNo, line
from yishiting.ground.common.people_parameters import Name, Phone
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.places.queries import estates_of
from yishiting.instruments.documents.rules import spoken
from yishiting.year.suggestions.actions.intake import DOOR, NOTHING_SAID, shown_as, words_said
from yishiting.year.suggestions.actions.registering import Desk, household_of, index_text, said_by
from yishiting.year.suggestions.hashes import Speaker, Words, content_hash, tail_hash
from yishiting.year.suggestions.models import Channel, Naming, SearchText, SolicitationSession, Suggestion
from yishiting.year.suggestions.permissions import MAY
from yishiting.year.suggestions.queries.place_index import forget_words
from yishiting.year.suggestions.rows import NAME_MOST, TITLE_MOST, WHERE_MOST
from yishiting.year.suggestions.rules import longest_named
from yishiting.year.suggestions.states import LIFECYCLE, State
from yishiting.year.suggestions.words import title_from

WHY = line(_("为什么更正"), most=200, hint=_("会留痕，例如：抄错了一个数"), missing=_("请写明为什么更正，会留痕。"))
WHY_STRUCK = line(
    _("为什么撤销"),
    most=200,
    hint=_("自己当天录入的可以不写。例如：录了两遍；是南里社区的纸条"),
    initial=lambda _one: "",
)
SESSION = Ref(_("征集场次"), lambda one: SolicitationSession.objects.standing().filter(place=one.place))
NAME = Name(_("提出人"), most=NAME_MOST, private=True, initial=lambda one: one.proposer_name)
PHONE = Phone(_("电话"), initial=lambda one: one.proposer_phone)


def typed_by_the_desk(suggestion: Suggestion) -> Sentence | None:
    """What residents send themselves is theirs; what the desk typed or brought in it puts right."""
    if suggestion.recorded_by_id is not None or suggestion.batch_id is not None:
        return None
    return _("这一条是居民自己提的，原话不更正、不撤销。要补充的，请在初审时请本人补充。")


def nothing_merged_into_it(suggestion: Suggestion) -> Sentence | None:
    """The numbers of what was merged into it; None where nothing was."""
    merged = [spoken(one) for one in suggestion.merged_here.values_list("receipt", flat=True)[:3]]
    return _("受理号 %(n)s 等已经并入这一条。请先“撤销合并”，再办理。") % {"n": "、".join(merged)} if merged else None


def is_no_part(suggestion: Suggestion) -> Sentence | None:
    """A part of a split is taken back with the split."""
    if suggestion.split_from_id is None:
        return None
    return _("这一条是从别的建议拆出来的。请打开原来那一条，办理“撤销拆分”。")


def has_no_account(suggestion: Suggestion) -> Sentence | None:
    """Who suggests with an account keeps their own telephone number."""
    if suggestion.proposer_id is None:
        return None
    return _("提出人有自己的账号，电话由本人在“我的信息”里更换。")


RESTS_ON_NOTHING = (typed_by_the_desk, nothing_merged_into_it, is_no_part)


@verb(
    "suggestion.correct",
    _("更正录入"),
    MAY,
    before=lambda slip: slip.text,
    done=_("已更正，原来录入的内容留在记录里。"),
    conditions=RESTS_ON_NOTHING,
)
def correct_suggestion(
    suggestion: Suggestion,
    *,
    by: Actor,
    text: Annotated[str | None, Text(_("原话"), missing=NOTHING_SAID, rows=4)] = None,
    title: Annotated[str | None, line(_("标题"), most=TITLE_MOST, hint=_("空着就取第一句"))] = None,
    where: Annotated[str | None, line(_("地点"), most=WHERE_MOST)] = None,
    channel: Annotated[str | None, OneOf(_("渠道"), Channel)] = None,
    received_on: Annotated[date | None, Day(_("收到日期"), past=True)] = None,
    session: Annotated[SolicitationSession | None, SESSION] = None,
    read_back: Annotated[bool | None, YesNo(_("已向本人读回"))] = None,
    reason: Annotated[str, WHY],
) -> Suggestion:
    """Put right what was typed wrongly of a slip before it is screened; what stood there stays on record, sealed."""
    before = _as_it_stood(suggestion)
    if text == "":
        raise Refused(NOTHING_SAID, field="text")
    _say_again(suggestion, text, title, where)
    if received_on is not None and received_on != suggestion.received_on:
        _receive_on(suggestion, received_on)
    given = {"channel": channel, "session": session, "read_back": read_back}
    for name, value in given.items():
        setattr(suggestion, name, getattr(suggestion, name) if value is None else value)
    _hash_anew(suggestion)
    _keep_correction(suggestion, before, reason)
    return suggestion


@verb(
    "suggestion.correct_contact",
    _("更正联系方式"),
    MAY,
    done=_("联系方式已更正，原来的留在记录里。"),
    conditions=(has_no_account,),
)
def correct_contact(
    suggestion: Suggestion,
    *,
    by: Actor,
    name: Annotated[str | None, NAME] = None,
    phone: Annotated[str | None, PHONE] = None,
    door: Annotated[str, DOOR] = "",
    naming: Annotated[str | None, OneOf(_("公开方式"), Naming)] = None,
    wants_contact: Annotated[bool | None, YesNo(_("本人希望联系"))] = None,
    reason: Annotated[str, WHY],
) -> Suggestion:
    """Put right who said it and how they are reached; answers from now on go to the right telephone."""
    before = _as_it_stood(suggestion)
    speaker = Speaker(
        suggestion.proposer_name if name is None else name, suggestion.proposer_phone if phone is None else phone, door
    )
    suggestion.wants_contact = suggestion.wants_contact if wants_contact is None else wants_contact
    if suggestion.wants_contact and not speaker.phone:
        raise Refused(_("本人希望联系，请写下联系电话。"), field="phone")
    suggestion.naming = shown_as(suggestion.naming if naming is None else naming, speaker)
    _reach(suggestion, speaker)
    _hash_anew(suggestion)
    _keep_correction(suggestion, before, reason)
    return suggestion


@verb(
    "suggestion.strike",
    _("撤销录入"),
    MAY,
    before=lambda slip: slip.text,
    done=lambda slip: _("已撤销 %(number)s，这个号不再使用。") % {"number": spoken(slip.receipt)},
    kind="danger",
    conditions=RESTS_ON_NOTHING,
)
def strike_suggestion(suggestion: Suggestion, *, by: Actor, reason: Annotated[str, WHY_STRUCK] = "") -> Suggestion:
    """Take back a slip typed by mistake before it is screened; its number stays used and it counts nowhere."""
    own = str(suggestion.recorded_by_id) == by.actor_id
    if not reason and not (own and timezone.localdate(suggestion.created_at) == timezone.localdate()):
        raise Refused(_("不是您今天录入的，请写明为什么撤销。"), field="reason")
    LIFECYCLE.advance(suggestion, "suggestion.strike", to=State.STRUCK)
    suggestion.save(update_fields=["state"])
    write_entry(suggestion, receipt=suggestion.receipt, private={"reason": reason})
    return suggestion


def _say_again(suggestion: Suggestion, text: str | None, title: str | None, where: str | None) -> None:
    said = suggestion.text if text is None else text
    called = suggestion.title if title is None else title
    if called == suggestion.title == title_from(suggestion.text):
        called = ""  # it was taken from the words, and follows them
    there = suggestion.where if where is None else where
    words = words_said(suggestion.place, said, called, there)
    estates = estates_of(suggestion.place)
    suggestion.title, suggestion.text, suggestion.where = words.title, words.text, words.where
    suggestion.estate = estates.get(longest_named(words.where, estates))


def _receive_on(suggestion: Suggestion, day: date) -> None:
    if day.year != suggestion.year:
        raise Refused(_("不能改到另一个年度：受理号按年度编。请“撤销录入”，再按正确的日期录入。"), field="received_on")
    desk = Desk.at(suggestion.place, day)
    suggestion.received_on, suggestion.screen_due, suggestion.special = day, desk.screen_due, desk.special


def _reach(suggestion: Suggestion, speaker: Speaker) -> None:
    lived_by_phone = suggestion.household == suggestion.phone_hash
    for name, value in said_by(speaker).items():
        setattr(suggestion, name, value)
    suggestion.phone_tail_hash = tail_hash(suggestion.receipt, speaker.phone)
    if speaker.door or lived_by_phone:
        suggestion.household = household_of(suggestion.place, speaker)


def _hash_anew(suggestion: Suggestion) -> None:
    words = Words(suggestion.title, suggestion.text, suggestion.where, suggestion.said_at)
    suggestion.content_hash = content_hash(words, Speaker(suggestion.proposer_name, suggestion.proposer_phone))


def _keep_correction(suggestion: Suggestion, before: dict[str, Any], reason: str) -> None:
    after = _as_it_stood(suggestion)
    changed = [name for name in after if after[name] != before[name]]
    if not changed:
        raise Refused(_("内容没有变化，不用保存。"))
    suggestion.corrected += 1
    suggestion.save()
    if {"title", "text", "where"}.intersection(changed):
        SearchText.objects.filter(suggestion=suggestion).update(bigrams=index_text(suggestion).bigrams)
        forget_words(suggestion)
    stood = json.dumps({name: str(before[name]) for name in changed}, ensure_ascii=False)
    write_entry(suggestion, changed=changed, private={"reason": reason, "before": stood})


def _as_it_stood(suggestion: Suggestion) -> dict[str, Any]:
    names = (
        "title", "text", "where", "channel", "received_on", "session_id", "read_back", "proposer_name",
        "proposer_phone", "household", "naming", "wants_contact",
    )  # fmt: skip
    return {name: getattr(suggestion, name) for name in names}
