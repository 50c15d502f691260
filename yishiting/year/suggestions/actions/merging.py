"""One matter, one file: merging keeps every author and every word, and can be undone; so can splitting."""

from collections.abc import Sequence
from typing import Annotated, Any

from django.db.models import Case, QuerySet, When
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.locks import hold_at_once
from yishiting.ground.common.parameters import A, Lines, Ref, Refs, Text
from yishiting.ground.common.predicates import Question, Sentence
from yishiting.ground.common.refused import NotAllowed, Refused, WrongState
from yishiting.ground.common.verbs import forbidden, verb
from yishiting.ground.ledger.actions import write_entries, write_entry
from yishiting.ground.organisations.permissions import at_desk
from yishiting.ground.places.models import Place
from yishiting.ground.places.queries import common_place
from yishiting.instruments.documents.rules import spoken
from yishiting.year.dossiers.actions import join, lay_at, part
from yishiting.year.dossiers.models import Dossier
from yishiting.year.suggestions.actions.registering import Desk, keep
from yishiting.year.suggestions.actions.telling import by_person, tell_one, told_in_words
from yishiting.year.suggestions.hashes import Speaker, Words
from yishiting.year.suggestions.models import Answer, Suggestion, Unlike
from yishiting.year.suggestions.permissions import MAY
from yishiting.year.suggestions.queries.clusters import cluster_of, clusters_of, dossiers_of, head_of
from yishiting.year.suggestions.queries.duties import duty_of
from yishiting.year.suggestions.queries.joining import joinable_at
from yishiting.year.suggestions.states import LIFECYCLE, MERGEABLE, NOT_MERGEABLE, State
from yishiting.year.suggestions.words import clean, title_from

FEWEST_PARTS = 2
PART_MOST = 2000


def _all(_suggestion: Suggestion) -> "QuerySet[Suggestion]":
    return Suggestion.objects.select_related("place", "proposer")


def _beside(suggestion: Suggestion) -> "QuerySet[Suggestion]":
    """The others that stand, those of the place itself first."""
    here = Suggestion.objects.filter(state__in=MERGEABLE).exclude(pk=suggestion.pk).select_related("place")
    return here.order_by(Case(When(place=suggestion.place_id, then=0), default=1), "-received_on", "-receipt")


OTHERS = Refs(_("并入的建议"), _all, least=1, missing=_("请选择要并入的建议。"))
OTHER = Ref(_("另一条建议"), _beside)
PARTS = Lines(
    _("拆成的几件事"),
    hint=_("照本人的原话摘，一处只写一件事。"),
    missing=_("拆分至少要写两件事，每件写清楚说的是什么。"),
    longest=PART_MOST,
)
WHY_NOT_ONE = Text(_("理由"), missing=_("请写明为什么不是同一件事。"), rows=3)
WHY_NOT_SPLIT = Text(_("理由"), missing=_("请写明为什么撤销拆分。"), rows=3)


def _their_words(suggestion: Suggestion) -> Sentence:
    return suggestion.text


def _not_comparable(suggestion: Suggestion) -> Sentence | None:
    return None if suggestion.state in MERGEABLE else NOT_MERGEABLE


def _others_rest_here(suggestion: Suggestion) -> Sentence | None:
    return _("已有别的建议并入这一条，请先撤销合并，再拆分。") if suggestion.merged_here.exists() else None


def _merged(main: Suggestion) -> Sentence:
    told = {"n": main.merged_here.count(), "title": main.title}
    said = str(_("已把%(n)s条并入“%(title)s”。") % told)
    return said + str(told_in_words(_template(main), main.merged_here.select_related("proposer")))


def _template(main: Suggestion) -> str:
    return f"suggestion.merged.{main.pk}"


@verb(
    "suggestion.merge",
    _("同项合并"),
    MAY,
    done=_merged,
    holds=("others",),
)
def merge_suggestions(main: Suggestion, *, by: Actor, others: Annotated[Sequence[Suggestion], OTHERS]) -> Suggestion:
    """Put suggestions on the same matter together under one; every author and every word stays.

    Those of several places are put together by the nearest place above them all; each stays counted where it was said.
    """
    there = _joined_at(by, main, others)
    for one in others:
        _check_same_matter(main, one)
        if refusal := forbidden("suggestion.merge_away", one):
            raise Refused(refusal)
        one.state_before, one.merged_into = one.state, main
        one.answered_on = one.answered_on or main.answered_on
        LIFECYCLE.advance(one, "suggestion.merge", to=State.MERGED)
        one.revision += 1
    Suggestion.objects.bulk_update(others, ["state", "state_before", "merged_into", "answered_on", "revision"])
    join(main.dossier, dossiers_of(others))
    _lies_where_it_is_joined(main)
    _say_merged(main, others)
    facts: dict[str, Any] = {} if there == main.place else {"joined_at": there.code}
    if facts:
        _say_gone_up(main, there)
    write_entries(
        main,
        [(one, {"into": str(main.pk), **facts}) for one in others],
        merged=sorted(one.receipt for one in others),
        **facts,
    )
    return main


def _say_merged(main: Suggestion, others: Sequence[Suggestion]) -> None:
    answer = main.answers.last() if main.answered_on else None
    for one, mine in by_person(others):
        body = f"您的建议（受理号 {mine}）和同样的建议合并为一项办理，主案受理号 {spoken(main.receipt)}；您的原话保留。"
        body += f"这件事已经有了答复：{answer.text}" if answer else ""
        tell_one(one, _template(main), "建议已合并办理", body)


def _say_gone_up(main: Suggestion, there: Place) -> None:
    """Whose matter several places share hears who deals with it now."""
    for one, mine in by_person([main]):
        body = f"您的建议（受理号 {mine}）和别的地方同样的建议合并为一项，现在由{there.name}办理；您的原话保留。"
        tell_one(one, f"suggestion.gone_up.{main.revision}", "建议已合并办理", body)


def _say_home_again(main: Suggestion) -> None:
    for one, mine in by_person([main]):
        body = f"您的建议（受理号 {mine}）不再和别的地方的建议合并，重新由{main.place.name}办理。"
        tell_one(one, f"suggestion.home_again.{main.revision}", "建议重新单独办理", body)


@verb(
    "suggestion.unmerge",
    _("撤销合并"),
    MAY,
    done=_("已撤销合并，这一条回到合并以前的状态。"),
    before=_their_words,
    kind="danger",
)
def unmerge_suggestion(suggestion: Suggestion, *, by: Actor, reason: Annotated[str, WHY_NOT_ONE]) -> Suggestion:
    """Take a suggestion out of its cluster again; it stands where it stood before."""
    if suggestion.merged_into is not None:
        _joined_by(by, [suggestion.merged_into.place, *(one.place for one in cluster_of(suggestion))])
    LIFECYCLE.advance(suggestion, "suggestion.unmerge", to=suggestion.state_before or State.RECEIVED)
    main = suggestion.merged_into
    suggestion.merged_into, suggestion.state_before = None, ""
    suggestion.save(update_fields=["state", "merged_into", "state_before"])
    part([suggestion.dossier])
    for head in (suggestion, main):
        if head is not None:
            _lies_where_it_is_joined(head)
    _answered_as_by_itself(suggestion)
    sides = [(main, {"left_by": str(suggestion.pk)})] if main is not None else []
    write_entries(suggestion, sides, private={"reason": reason}, out_of=str(main.pk) if main else "")
    for one, mine in by_person(cluster_of(suggestion)):
        body = f"您的建议（受理号 {mine}）不再和别的建议合并，重新单独办理。"
        tell_one(one, f"suggestion.unmerged.{suggestion.revision}", "建议重新单独办理", body)
    if (
        main is not None
        and main.place != suggestion.place
        and common_place([one.place for one in cluster_of(main)]) == main.place
    ):
        _say_home_again(main)
    return suggestion


def _lies_where_it_is_joined(main: Suggestion) -> None:
    """With the nearest place above all whose words are in it; at home where they are all of one place."""
    head = head_of(main)
    there = common_place([one.place for one in cluster_of(head)])
    if there is not None:
        lay_at(Dossier.objects.select_related("lies_at", "merged_into__lies_at").get(pk=head.dossier_id), there)


def _answered_as_by_itself(suggestion: Suggestion) -> None:
    """The answer to the main one was not to this matter: what was answered here before stands, and nothing else."""
    cluster = cluster_of(suggestion)
    answers = {one.suggestion_id: one.answered_on for one in Answer.objects.filter(suggestion__in=cluster)}
    head = answers.get(suggestion.pk)
    for one in cluster:
        one.answered_on = answers.get(one.pk, head)
    Suggestion.objects.bulk_update(cluster, ["answered_on"])
    suggestion.answered_on = head


@verb(
    "suggestion.keep_apart",
    _("不是同一件事"),
    MAY,
    done=_("已记下：这几条不是同一件事，不再一起提出。"),
    conditions=(_not_comparable,),
)
def keep_apart(
    suggestion: Suggestion,
    *,
    by: Person,
    other: Annotated[A[Suggestion], OTHER],
) -> Unlike:
    """Remember that two suggestions are not the same matter, so that they are not proposed again."""
    one, two = sorted((suggestion, other), key=lambda s: str(s.pk))
    found = {"place": common_place([one.place, two.place]) or suggestion.place, "decided_by": by}
    unlike, _made = Unlike.objects.get_or_create(one=one, other=two, defaults=found)
    write_entry(suggestion, other=str(other.pk))
    return unlike


@verb(
    "suggestion.split",
    _("拆分"),
    MAY,
    done=lambda parts: _("已拆成%(n)s条，各有受理号，分别初审。") % {"n": len(parts)},
    conditions=(_others_rest_here,),
)
def split_suggestion(suggestion: Suggestion, *, by: Actor, parts: Annotated[Sequence[str], PARTS]) -> list[Suggestion]:
    """Split a mixed suggestion into its matters, one each; the whole stays as it was said and is counted once."""
    if len(parts) < FEWEST_PARTS:
        raise Refused(PARTS.missing, field="parts")
    suggestion.state_before = suggestion.state
    LIFECYCLE.advance(suggestion, "suggestion.split")
    suggestion.save(update_fields=["state", "state_before"])
    found = [_part(suggestion, clean(words)) for words in parts]
    keep(found)
    write_entries(
        suggestion,
        [(one, {"from": str(suggestion.pk)}) for one in found],
        receipts=lambda: [one.receipt for one in found],
    )
    return found


@verb(
    "suggestion.unsplit",
    _("撤销拆分"),
    MAY,
    done=_("已撤销拆分，拆出的部分作废。"),
    before=_their_words,
    kind="danger",
)
def unsplit_suggestion(suggestion: Suggestion, *, by: Actor, reason: Annotated[str, WHY_NOT_SPLIT]) -> Suggestion:
    """Undo a split nobody has acted on: the parts are struck, the whole stands where it stood before."""
    parts = list(suggestion.parts.exclude(state=State.STRUCK))
    hold_at_once(*parts)
    for one in parts:
        if refusal := forbidden("suggestion.unsplit", one):
            raise WrongState(refusal)
        if one.state not in MERGEABLE or one.merged_here.exists():
            raise WrongState(_("拆出的“%(title)s”已经在办理，不能撤销拆分。") % {"title": one.title})
        LIFECYCLE.advance(one, "suggestion.unsplit", to=State.STRUCK)
    Suggestion.objects.bulk_update(parts, ["state"])
    join(suggestion.dossier, dossiers_of(parts))
    LIFECYCLE.advance(suggestion, "suggestion.unsplit", to=suggestion.state_before or State.RECEIVED)
    suggestion.state_before = ""
    suggestion.save(update_fields=["state", "state_before"])
    write_entry(suggestion, private={"reason": reason}, parts=sorted(one.receipt for one in parts))
    return suggestion


def _joined_by(by: Actor, places: Sequence[Place]) -> Place:
    """The place that joins what was said at these, or takes it apart; asked of whoever is at its desk."""
    there = common_place(places)
    if there is None:
        raise Refused(_("这几条不在同一个区，不能合并。"))
    if refusal := at_desk.why_not(Question(by, there)):
        raise NotAllowed(_("这几条要由%(place)s合并。%(why)s") % {"place": there.name, "why": refusal})
    return there


def _joined_at(by: Actor, main: Suggestion, others: Sequence[Suggestion]) -> Place:
    """The place that joins these, with all that was merged into the others; what it joins has been let in below."""
    joined = [one for cluster in clusters_of(others).values() for one in cluster]
    there, some = _joined_by(by, [main.place, *(one.place for one in joined)]), [main, *others]
    if all(one.place_id == there.pk for one in some):
        return there
    fit = set(
        Suggestion.objects.filter(joinable_at(there), pk__in=[one.pk for one in some]).values_list("pk", flat=True)
    )
    if left := next((one for one in some if one.pk not in fit), None):
        raise Refused(_not_let_in(left, there))
    return there


def _not_let_in(one: Suggestion, there: Place) -> Sentence:
    words = {"title": one.title, "place": one.place, "there": there}
    if one.state == State.RECEIVED:
        return _("“%(title)s”还没有初审。请%(place)s先“初审”，再由%(there)s合并。") % words
    if one.state != State.VALID:
        return f"“{one.title}”：{NOT_MERGEABLE}"
    return _("“%(title)s”没有报送到%(there)s，也属于%(place)s的职责，由%(place)s办理。") % words


def _check_same_matter(main: Suggestion, other: Suggestion) -> None:
    if other.pk == main.pk:
        raise Refused(_("主案不能并入自己，请去掉它。"))
    duty, whose = duty_of(main), duty_of(other)
    if duty and whose and duty != whose:
        raise Refused(_("“%(title)s”的责任层级与主案不同，不能合并。请先核对责任层级。") % {"title": other.title})


def _part(whole: Suggestion, text: str) -> Suggestion:
    speaker = Speaker(whole.proposer_name, whole.proposer_phone)
    words = Words(title_from(text), text, whole.where, whole.said_at)
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
