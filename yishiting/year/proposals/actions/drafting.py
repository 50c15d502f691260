"""Drafting a proposal from suggestions, amending its text."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import later, write_entry
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.queries import rules_for
from yishiting.instruments.documents.actions import number_at_the_end
from yishiting.instruments.documents.models import Series
from yishiting.instruments.documents.rules import paper_number
from yishiting.year.meetings.actions import amend_item
from yishiting.year.meetings.states import ItemState
from yishiting.year.proposals.actions.telling import tell_all
from yishiting.year.proposals.models import Amendment, Proposal, Source
from yishiting.year.proposals.permissions import MAY
from yishiting.year.proposals.queries import words_of
from yishiting.year.proposals.rules import LABELS, whole_text
from yishiting.year.proposals.states import LIFECYCLE, State
from yishiting.year.suggestions.actions.telling import tell_proposers
from yishiting.year.suggestions.models import Category, ResponsibleLevel, Suggestion
from yishiting.year.suggestions.states import State as SuggestionState


@verb("proposal.draft", "草拟建议案", MAY, holds=("suggestions",))
def draft_proposal(
    place: Place,
    *,
    by: Actor,
    suggestions: Sequence[Suggestion],
    title: str,
    situation: str,
    measures: str,
    responsible_level: ResponsibleLevel,
    beneficiaries: str = "",
    category: Category | None = None,
    responsible: Person | None = None,
    for_year: int | None = None,
) -> Proposal:
    """Draft a proposal from one or several valid suggestions of the place."""
    today, book = timezone.localdate(), rules_for(place)
    if not suggestions:
        raise Refused(_("建议案要从有效建议形成，请至少选一条。"), field="suggestions")
    for suggestion in suggestions:
        _usable(place, suggestion)
    if for_year is not None and for_year < today.year:
        raise Refused(_("拟办年度已经过去。"), field="for_year")
    proposal = Proposal(
        place=place,
        year=today.year,
        for_year=for_year or today.year,
        title=title,
        situation=situation,
        measures=measures,
        beneficiaries=beneficiaries,
        category=category or suggestions[0].category,
        responsible_level=responsible_level,
        responsible=responsible or (by if isinstance(by, Person) else None),
        rules_label=book.label,
        drafted_by=by if isinstance(by, Person) else None,
    )
    Source.objects.bulk_create(Source(proposal=proposal, suggestion=one) for one in suggestions)
    write_entry(
        proposal,
        rules=book.label,
        number=later(proposal, "number"),
        sources=[str(one.pk) for one in suggestions],
        level=str(responsible_level),
        for_year=proposal.for_year,
        private={"title": title, "text": whole_text(words_of(proposal))},
    )
    tell_all(proposal, "draft", f"您的建议已写入建议案“{title}”，下一步提请社区协商会审议。")
    _number(proposal)
    return proposal


@verb("proposal.add_source", "补充来源建议", MAY, holds=("suggestion",))
def add_source(proposal: Proposal, *, by: Actor, suggestion: Suggestion) -> Proposal:
    """Let a draft rest on one more valid suggestion."""
    LIFECYCLE.advance(proposal, "proposal.add_source")
    _usable(proposal.place, suggestion)
    Source.objects.create(proposal=proposal, suggestion=suggestion)
    write_entry(proposal, source=str(suggestion.pk))
    told = f"您的建议已写入建议案“{proposal.title}”，下一步提请社区协商会审议。"
    tell_proposers(suggestion, "proposal.draft", "您的建议有了进展", told)
    return proposal


@verb("proposal.amend", "修改建议案", MAY)
def amend_proposal(proposal: Proposal, *, by: Person, reason: str, **changes: str) -> Proposal:
    """Amend the text before the vote; the difference is kept, and the agenda carries the new text."""
    LIFECYCLE.advance(proposal, "proposal.amend", to=State(proposal.state))
    before = words_of(proposal)
    after = {**before, **{name: value.strip() for name, value in changes.items()}}
    changed = [name for name in after if after[name] != before.get(name)]
    if set(changes) - set(LABELS):
        raise ValueError(f"a proposal has no {set(changes) - set(LABELS)} to amend")
    if not changed:
        raise Refused(_("文本没有变化，不用保存。"))
    if not reason.strip():
        raise Refused(_("请写明为什么修改，会议上要说明。"), field="reason")
    for name in changed:
        setattr(proposal, name, after[name])
    proposal.save(update_fields=changed)
    Amendment.objects.create(
        proposal=proposal,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
        reason=reason,
        amended_by=by,
    )
    if proposal.state == State.TABLED and proposal.agenda_item is not None:
        _amend_on_agenda(proposal, by)
    write_entry(proposal, changed=changed, private={"reason": reason, "text": whole_text(after)})
    return proposal


def _number(proposal: Proposal) -> None:
    """Number a proposal and save it, last of all."""

    def save(serials: range) -> None:
        proposal.number = paper_number(f"{proposal.place.short_name}案", proposal.year, serials[0])
        proposal.save(force_insert=True)

    number_at_the_end(proposal.place, Series.PROPOSAL, proposal.year, save)


def _usable(place: Place, suggestion: Suggestion) -> None:
    spoken = f"建议“{suggestion.title}”"
    if not place.contains(suggestion.place):
        raise Refused(f"{spoken}不是{place.name}的建议。", field="suggestions")
    if suggestion.state == SuggestionState.MERGED:
        raise Refused(f"{spoken}已并入另一条，请选主案。", field="suggestions")
    if suggestion.state != SuggestionState.VALID:
        raise Refused(f"{spoken}还不是有效建议，请先初审。", field="suggestions")
    other = Proposal.objects.filter(sources__suggestion=suggestion).exclude(state=State.DECLINED).first()
    if other is not None:
        raise Refused(f"{spoken}已经写入建议案{other.number}。", field="suggestions")


def _amend_on_agenda(proposal: Proposal, by: Actor) -> None:
    item = proposal.agenda_item
    if item is None or item.state == ItemState.PUT_OFF:
        return
    if item.state != ItemState.LISTED:
        raise Refused(_("这一案已经提请表决，文本不能再改：表决的就是这个文本。"))
    amend_item(item, by=by, title=proposal.title, text=whole_text(words_of(proposal)))
