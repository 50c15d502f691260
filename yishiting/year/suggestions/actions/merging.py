"""One matter, one file: merging keeps every author and every word, and can be undone; so can splitting."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.locks import hold_at_once
from yishiting.ground.common.refused import Refused, WrongState
from yishiting.ground.common.verbs import forbidden, verb
from yishiting.ground.ledger.actions import write_entries, write_entry
from yishiting.instruments.documents.rules import spoken
from yishiting.year.suggestions.actions.registering import Desk, keep
from yishiting.year.suggestions.actions.telling import tell_one
from yishiting.year.suggestions.hashes import Speaker, Words
from yishiting.year.suggestions.models import Suggestion, Unlike
from yishiting.year.suggestions.permissions import MAY
from yishiting.year.suggestions.queries.clusters import MERGEABLE
from yishiting.year.suggestions.states import LIFECYCLE, State
from yishiting.year.suggestions.words import clean, one_line, title_from

FEWEST_PARTS = 2


@dataclass(frozen=True, slots=True)
class Part:
    """One of the matters a mixed suggestion is split into, in the resident's own words as far as they go."""

    text: str
    title: str = ""


@verb("suggestion.merge", "同项合并", MAY, holds=("others",))
def merge_suggestions(main: Suggestion, *, by: Actor, others: Sequence[Suggestion]) -> Suggestion:
    """Put suggestions on the same matter together under one; every author and every word stays."""
    if main.state not in MERGEABLE:
        raise WrongState(_("主案应是等待初审或有效的建议，请换一条作主案。"))
    fresh = list({one.pk: one for one in others}.values())
    if not fresh:
        raise Refused(_("请选择要并入的建议。"))
    for one in fresh:
        _check_same_matter(main, one)
        if refusal := forbidden("suggestion.merge_away", one):
            raise Refused(refusal)
        one.state_before, one.merged_into = one.state, main
        LIFECYCLE.advance(one, "suggestion.merge")
        one.revision += 1
    Suggestion.objects.bulk_update(fresh, ["state", "state_before", "merged_into", "revision"])
    _say_merged(main, fresh)
    write_entries(main, [(one, {"into": str(main.pk)}) for one in fresh], merged=sorted(one.receipt for one in fresh))
    return main


def _say_merged(main: Suggestion, others: Sequence[Suggestion]) -> None:
    for one in others:
        mine, whole = spoken(one.receipt), spoken(main.receipt)
        body = f"您的建议（受理号 {mine}）和同样的建议合并为一项办理，主案受理号 {whole}；您的原话保留。"
        tell_one(one, f"suggestion.merged.{main.pk}", "建议已合并办理", body)


@verb("suggestion.unmerge", "撤销合并", MAY)
def unmerge_suggestion(suggestion: Suggestion, *, by: Actor, reason: str) -> Suggestion:
    """Take a suggestion out of its cluster again; it stands where it stood before."""
    if not reason.strip():
        raise Refused(_("请写明为什么不是同一件事。"), field="reason")
    LIFECYCLE.advance(suggestion, "suggestion.unmerge", to=suggestion.state_before or State.RECEIVED)
    main = suggestion.merged_into
    suggestion.merged_into, suggestion.state_before = None, ""
    suggestion.save(update_fields=["state", "merged_into", "state_before"])
    write_entry(suggestion, private={"reason": reason}, out_of=str(main.pk) if main else "")
    return suggestion


@verb("suggestion.keep_apart", "不是同一件事", MAY)
def keep_apart(suggestion: Suggestion, *, by: Person, other: Suggestion) -> Unlike:
    """Remember that two suggestions are not the same matter, so that they are not proposed again."""
    one, two = sorted((suggestion, other), key=lambda s: str(s.pk))
    unlike, _made = Unlike.objects.get_or_create(
        one=one, other=two, defaults={"place": suggestion.place, "decided_by": by}
    )
    write_entry(suggestion, other=str(other.pk))
    return unlike


@verb("suggestion.split", "拆分", MAY)
def split_suggestion(suggestion: Suggestion, *, by: Actor, parts: Sequence[Part]) -> list[Suggestion]:
    """Split a mixed suggestion into its matters, one each; the whole stays as it was said and is counted once."""
    wanted = [Part(clean(part.text), one_line(part.title)) for part in parts if part.text.strip()]
    if len(wanted) < FEWEST_PARTS:
        raise Refused(_("拆分至少要写两件事，每件写清楚说的是什么。"), field="parts")
    if suggestion.merged_here.exists():
        raise Refused(_("已有别的建议并入这一条，请先撤销合并，再拆分。"))
    suggestion.state_before = suggestion.state
    LIFECYCLE.advance(suggestion, "suggestion.split")
    suggestion.save(update_fields=["state", "state_before"])
    found = [_part(suggestion, part) for part in wanted]
    keep(found)
    write_entries(
        suggestion,
        [(one, {"from": str(suggestion.pk)}) for one in found],
        receipts=lambda: [one.receipt for one in found],
    )
    return found


@verb("suggestion.unsplit", "撤销拆分", MAY)
def unsplit_suggestion(suggestion: Suggestion, *, by: Actor, reason: str) -> Suggestion:
    """Undo a split nobody has acted on: the parts are struck, the whole stands where it stood before."""
    if not reason.strip():
        raise Refused(_("请写明为什么撤销拆分。"), field="reason")
    if suggestion.state != State.SPLIT:
        raise WrongState(_("这一条没有拆分过，不用撤销。"))
    parts = list(suggestion.parts.exclude(state=State.STRUCK))
    hold_at_once(*parts)
    for part in parts:
        if part.state not in MERGEABLE or part.merged_here.exists():
            raise WrongState(_("拆出的“%(title)s”已经在办理，不能撤销拆分。") % {"title": part.title})
        LIFECYCLE.advance(part, "suggestion.unsplit", to=State.STRUCK)
    Suggestion.objects.bulk_update(parts, ["state"])
    LIFECYCLE.advance(suggestion, "suggestion.unsplit", to=suggestion.state_before or State.RECEIVED)
    suggestion.state_before = ""
    suggestion.save(update_fields=["state", "state_before"])
    write_entry(suggestion, private={"reason": reason}, parts=sorted(part.receipt for part in parts))
    return suggestion


def _check_same_matter(main: Suggestion, other: Suggestion) -> None:
    if other.pk == main.pk:
        raise Refused(_("主案不能并入自己，请去掉它。"))
    if other.place_id != main.place_id:
        raise Refused(
            _("“%(title)s”是%(place)s的建议，不同地方的建议不能合并。") % {"title": other.title, "place": other.place}
        )
    if other.responsible_level and main.responsible_level and other.responsible_level != main.responsible_level:
        raise Refused(_("“%(title)s”的责任层级与主案不同，不能合并。请先核对责任层级。") % {"title": other.title})


def _part(whole: Suggestion, part: Part) -> Suggestion:
    speaker = Speaker(whole.proposer_name, whole.proposer_phone)
    words = Words(part.title or title_from(part.text), part.text, whole.where, whole.said_at)
    return Desk.at(whole.place, whole.received_on).suggestion(
        words,
        speaker,
        channel=whole.channel,
        proposer=whole.proposer,
        naming=whole.naming,
        wants_contact=whole.wants_contact,
        split_from=whole,
        session=whole.session,
    )
