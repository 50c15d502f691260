"""Drafting a proposal from suggestions, amending its text."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.parameters import OneOf, Ref, Refs, Text, Whole, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import later, write_entries, write_entry
from yishiting.ground.places.models import Place, ResponsibleLevel
from yishiting.ground.places.rules import higher, may_lead
from yishiting.ground.seasons.queries import rules_for
from yishiting.instruments.documents.actions import number_at_the_end
from yishiting.instruments.documents.models import Series
from yishiting.instruments.documents.rules import paper_number
from yishiting.year.dossiers.actions import join, open_dossiers, part
from yishiting.year.dossiers.models import Dossier
from yishiting.year.meetings.actions import amend_item
from yishiting.year.meetings.actions.agenda import notice_given
from yishiting.year.meetings.states import ItemState
from yishiting.year.proposals.actions.telling import tell_all, tell_mains, told_words
from yishiting.year.proposals.models import Amendment, FormerSource, Proposal, Source
from yishiting.year.proposals.permissions import MAY
from yishiting.year.proposals.queries import blacks_behind, duty_known, mains_of, words_of
from yishiting.year.proposals.rules import whole_text
from yishiting.year.proposals.states import ABOVE, LIFECYCLE, State
from yishiting.year.suggestions.actions.classifying import why_not_led
from yishiting.year.suggestions.actions.telling import told_in_words
from yishiting.year.suggestions.models import Category, Suggestion
from yishiting.year.suggestions.queries.clusters import clusters_of, dossiers_of
from yishiting.year.suggestions.queries.screening import may_be_chosen, nobody_in_charge
from yishiting.year.suggestions.states import State as SuggestionState

SOURCES = Refs(
    _("来源建议"),
    lambda place: Suggestion.objects.select_related("place", "category", "proposer"),
    missing=_("建议案要从有效建议形成，请至少选一条。"),
)
BELOW = Refs(
    _("下级报送的建议案"),
    lambda place: Proposal.objects.select_related("place", "dossier", "category"),
)
TITLE = line(_("案由"))
SITUATION = Text(_("情况"), rows=5, hint=_("有什么问题，涉及多少户。"))
MEASURES = Text(_("办理建议"), rows=6, hint=_("怎么办、谁来办、要多少钱、以后谁维护。"))
BENEFICIARIES = line(_("受益范围"), hint=_("例如：3号楼、4号楼96户"))
CATEGORY = Ref(_("类别"), lambda place: may_be_chosen())
LEADER = Ref(_("负责人"), lambda place: Person.objects.filter(is_active=True))


def drafted_words(proposal: Proposal) -> str:
    """What is said of a new draft: its number, and who was really told."""
    said = str(_("已草拟，编号%(number)s。") % {"number": proposal.number})
    return said + told_words(proposal, "draft")


@verb("proposal.draft", _("草拟建议案"), MAY, done=drafted_words, holds=("suggestions", "below"))
def draft_proposal(
    place: Place,
    *,
    by: Actor,
    suggestions: Annotated[Sequence[Suggestion], SOURCES] = (),
    below: Annotated[Sequence[Proposal], BELOW] = (),
    title: Annotated[str, TITLE],
    situation: Annotated[str, SITUATION],
    measures: Annotated[str, MEASURES],
    responsible_level: Annotated[ResponsibleLevel, OneOf(_("责任层级"), ResponsibleLevel)],
    beneficiaries: Annotated[str, BENEFICIARIES] = "",
    category: Annotated[Category | None, CATEGORY] = None,
    responsible: Annotated[Person | None, LEADER] = None,
    for_year: Annotated[int | None, Whole(_("拟办年度"), least=2000, most=2199)] = None,
) -> Proposal:
    """Draft a proposal from one or several valid suggestions of the place, or from what was reported up to it."""
    today, book = timezone.localdate(), rules_for(place)
    if not suggestions and not below:
        raise Refused(SOURCES.missing, field="suggestions")
    for suggestion in suggestions:
        _usable(place, suggestion)
    for one in below:
        _usable_from_below(place, one)
        _refuse_lower_than(one, responsible_level)
    _refuse_lower(responsible_level, suggestions)
    said = {"title": title, "situation": situation, "measures": measures, "beneficiaries": beneficiaries}
    refuse_blacked_out(said, [*suggestions, *mains_of(*below)])
    if responsible is not None and (reason := why_not_led(responsible, responsible_level)):
        raise Refused(reason, field="responsible")
    if for_year is not None and for_year < today.year:
        raise Refused(_("拟办年度已经过去。"), field="for_year")
    proposal = Proposal(
        dossier=_file_of(place, suggestions, below),
        place=place,
        year=today.year,
        for_year=for_year or today.year,
        title=title,
        situation=situation,
        measures=measures,
        beneficiaries=beneficiaries,
        category=category or (suggestions[0] if suggestions else below[0]).category,
        responsible_level=responsible_level,
        responsible=responsible or _leads_itself(place, responsible_level, by),
        rules_label=book.label,
        drafted_by=by if isinstance(by, Person) else None,
    )
    Source.objects.bulk_create(
        [
            *(Source(proposal=proposal, suggestion=one) for one in suggestions),
            *(Source(proposal=proposal, below=one) for one in below),
        ]
    )
    write_entry(
        proposal,
        rules=book.label,
        number=later(proposal, "number"),
        sources=[str(one.pk) for one in [*suggestions, *below]],
        level=str(responsible_level),
        for_year=proposal.for_year,
        private={"title": title, "text": whole_text(words_of(proposal))},
    )
    tell_all(
        proposal, "join" if below else "draft", f"您的建议已写入建议案“{title}”，下一步提请{place.word}议事协商会审议。"
    )
    number_proposal(proposal)
    return proposal


def _added(proposal: Proposal) -> Sentence:
    """Who of those behind the newest source was really told."""
    added = proposal.sources.order_by("-created_at").select_related("below").first()
    return str(_("已补充。")) + (_told(f"proposal.add_source.{added.pk}", added) if added is not None else "")


def _told(template: str, source: Source | FormerSource) -> str:
    mains = (
        mains_of(source.below) if source.below is not None else Suggestion.objects.filter(pk__in=[source.suggestion_id])
    )
    clusters = clusters_of(mains.select_related("place", "proposer"))
    return str(told_in_words(template, [one for cluster in clusters.values() for one in cluster]))


ONE_MORE = Ref(_("补充哪一条建议"), lambda proposal: Suggestion.objects.select_related("place", "category", "proposer"))
ONE_BELOW = Ref(
    _("或者补充下级报送的哪一份建议案"),
    lambda proposal: Proposal.objects.exclude(pk=proposal.pk).select_related("place", "dossier"),
)


@verb(
    "proposal.add_source",
    _("补充来源"),
    MAY,
    done=_added,
    holds=("suggestion", "below"),
)
def add_source(
    proposal: Proposal,
    *,
    by: Actor,
    suggestion: Annotated[Suggestion | None, ONE_MORE] = None,
    below: Annotated[Proposal | None, ONE_BELOW] = None,
) -> Proposal:
    """Let a draft rest on one more valid suggestion, or on one more proposal that was reported up to its place."""
    LIFECYCLE.advance(proposal, "proposal.add_source")
    if (suggestion is None) == (below is None):
        raise Refused(_("请选一条建议，或者下级报送的一份建议案，只选一样。"), field="suggestion")
    rows: QuerySet[Suggestion] = Suggestion.objects.none()
    if suggestion is not None:
        _usable(proposal.place, suggestion)
        _refuse_lower(proposal.responsible_level, [suggestion], "suggestion")
        rows = Suggestion.objects.filter(pk=suggestion.pk)
    if below is not None:
        _usable_from_below(proposal.place, below)
        _refuse_lower_than(below, proposal.responsible_level, "below")
        rows = mains_of(below)
    refuse_blacked_out(words_of(proposal), rows)
    added = Source.objects.create(proposal=proposal, suggestion=suggestion, below=below)
    join(proposal.dossier, [one.dossier for one in (suggestion, below) if one is not None])
    write_entry(proposal, source=str(added.suggestion_id or added.below_id))
    told = f"您的建议已写入建议案“{proposal.title}”，下一步提请{proposal.place.word}议事协商会审议。"
    tell_mains(rows, f"proposal.add_source.{added.pk}", told)
    return proposal


def _rests_on_several(proposal: Proposal) -> Sentence | None:
    if proposal.sources.count() > 1:
        return None
    return _("建议案要有来源，只剩这一条，不能移出。请先“补充来源”，再移出这一条。")


def _removed(former: FormerSource) -> Sentence:
    return str(_("已移出，可以写入别的建议案。")) + _told(f"proposal.remove_source.{former.pk}", former)


OUT = Ref(
    _("移出哪一条建议"),
    lambda proposal: proposal.suggestions.select_related("place", "category", "proposer", "dossier"),
)
OUT_BELOW = Ref(
    _("或者移出下级报送的哪一份建议案"),
    lambda proposal: Proposal.objects.filter(joined_in__proposal=proposal).select_related("place", "dossier"),
)
WHY_OUT = Text(_("为什么移出"), rows=2, hint=_("提建议的人会看到。"), missing=_("请写明为什么移出，提建议的人会看到。"))


@verb(
    "proposal.remove_source",
    _("移出来源"),
    MAY,
    done=_removed,
    kind="danger",
    conditions=(_rests_on_several,),
    holds=("suggestion", "below"),
)
def remove_source(
    proposal: Proposal,
    *,
    by: Actor,
    suggestion: Annotated[Suggestion | None, OUT] = None,
    below: Annotated[Proposal | None, OUT_BELOW] = None,
    reason: Annotated[str, WHY_OUT],
) -> FormerSource:
    """Take a source out of a draft; that it was there stays in the path of both."""
    LIFECYCLE.advance(proposal, "proposal.remove_source")
    out = suggestion or below
    if out is None or (suggestion is not None and below is not None):
        raise Refused(_("请选一条建议，或者下级报送的一份建议案，只选一样。"), field="suggestion")
    today = timezone.localdate()
    rows = Suggestion.objects.filter(pk=suggestion.pk) if suggestion is not None else mains_of(out)  # type: ignore[arg-type]
    proposal.sources.get(suggestion=suggestion, below=below).delete()
    former = FormerSource.objects.create(
        proposal=proposal, suggestion=suggestion, below=below, until=today, reason=reason
    )
    _leave_the_file(proposal, out.dossier)
    write_entries(
        proposal,
        [(out, {"left": str(proposal.pk)})],
        private={"reason": reason},
        **{"suggestion" if suggestion is not None else "below": str(out.pk)},
    )
    told = f"您的建议不再写入建议案“{proposal.title}”：{reason}。{proposal.place}会另行办理。"
    tell_mains(rows, f"proposal.remove_source.{former.pk}", told)
    return former


def _leave_the_file(proposal: Proposal, left: Dossier) -> None:
    """What was taken out goes on in a file of its own; if the proposal lay in that, it moves to what it still rests on."""
    if left.pk != proposal.dossier_id:
        part([left])
        return
    sources = list(proposal.sources.select_related("suggestion__dossier", "below__dossier").order_by("created_at"))
    suggestions = [one.suggestion for one in sources if one.suggestion is not None]
    below = [one.below for one in sources if one.below is not None]
    proposal.dossier = _file_of(proposal.place, suggestions, below)
    proposal.save(update_fields=["dossier"])


def _not_voted_on(proposal: Proposal) -> Sentence | None:
    item = proposal.agenda_item
    voted = proposal.state == State.TABLED and item is not None and item.state in (ItemState.VOTING, ItemState.DECIDED)
    return _("这一案已经提请表决，文本不能再改。") if voted else None


WHY_AMENDED = Text(
    _("为什么修改"),
    rows=2,
    hint=_("会议上要说明，修改前后会并排显示。"),
    missing=_("请写明为什么修改，会议上要说明。"),
)


def _amended(proposal: Proposal) -> Sentence:
    item = proposal.agenda_item
    if proposal.state == State.TABLED and item is not None and item.parted and notice_given(item.meeting):
        return _("已修改。会议已经通知过原来的文本，要在会议页面“重新通知议题”，才能提请表决。")
    return _("已修改，议程上的文本也已更新。")


@verb(
    "proposal.amend",
    _("修改文本"),
    MAY,
    done=_amended,
    conditions=(_not_voted_on,),
)
def amend_proposal(
    proposal: Proposal,
    *,
    by: Person,
    title: Annotated[str | None, TITLE] = None,
    situation: Annotated[str | None, Text(_("情况"), rows=5)] = None,
    measures: Annotated[str | None, Text(_("办理建议"), rows=6)] = None,
    beneficiaries: Annotated[str | None, line(_("受益范围"))] = None,
    reason: Annotated[str, WHY_AMENDED],
) -> Proposal:
    """Amend the text before the vote; the difference is kept, and the agenda carries the new text."""
    LIFECYCLE.advance(proposal, "proposal.amend", to=State(proposal.state))
    given = {"title": title, "situation": situation, "measures": measures, "beneficiaries": beneficiaries}
    before = words_of(proposal)
    after = before | {name: value for name, value in given.items() if value is not None}
    refuse_blacked_out(after, mains_of(proposal))
    if empty := next((name for name in ("title", "situation", "measures") if not after[name]), ""):
        raise Refused(_("请填写这一项。"), field=empty)
    changed = [name for name in after if after[name] != before.get(name)]
    if not changed:
        raise Refused(_("文本没有变化，不用保存。"))
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
        _amend_on_agenda(proposal, by, reason)
    write_entry(proposal, changed=changed, private={"reason": reason, "text": whole_text(after)})
    return proposal


def refuse_blacked_out(said: Mapping[str, str], mains: Iterable[Suggestion]) -> None:
    """What the desk has hidden of people's words does not come back in what is drafted from them, all of it public."""
    for black in blacks_behind(mains):
        if field := next((name for name, text in said.items() if black in text), ""):
            sentence = _("“%(words)s”在来源建议里已经遮去，公开的文本里不能再写。请换个说法。")
            raise Refused(sentence % {"words": black}, field=field)


def number_proposal(proposal: Proposal) -> None:
    """Number a proposal and save it, last of all."""

    def save(serials: range) -> None:
        proposal.number = paper_number(f"{proposal.place.name}案", proposal.year, serials[0])
        proposal.save(force_insert=True)

    number_at_the_end(proposal.place, Series.PROPOSAL, proposal.year, save)


def _leads_itself(place: Place, level: str, by: Actor) -> Person | None:
    """Who drafts what the place may lead answers for it; what it may only report up has nobody yet who does."""
    return by if isinstance(by, Person) and may_lead(place.level, level) else None


def _refuse_lower(level: str, suggestions: Sequence[Suggestion], field: str = "responsible_level") -> None:
    """A proposal is nobody's lower duty than what it rests on: a community never leads a government duty."""
    for one in suggestions:
        if higher(duty := duty_known(one), level):
            sentence = _(
                "建议“%(title)s”属于%(duty)s的职责，建议案的责任层级不能低于它。请把责任层级选为“%(duty)s”，审议通过后报送上级；"
                "分级确实错了的，请上级工作人员打开那条建议，“分类分级”改定。"
            )
            raise Refused(sentence % {"title": one.title, "duty": ResponsibleLevel(duty).label}, field=field)


def _refuse_lower_than(below: Proposal, level: str, field: str = "responsible_level") -> None:
    """Nor than the proposals it joins."""
    if higher(below.responsible_level, level):
        told = {"title": below.title, "duty": below.get_responsible_level_display()}
        sentence = _("下级报送的“%(title)s”属于%(duty)s的职责，建议案的责任层级不能低于它。请选“%(duty)s”。")
        raise Refused(sentence % told, field=field)


def _file_of(place: Place, suggestions: Sequence[Suggestion], below: Sequence[Proposal]) -> Dossier:
    """The file of the first suggestion; where proposals from below are joined, a new one to which all of theirs lead."""
    if not below:
        first = suggestions[0].dossier
        part([first])
        join(first, dossiers_of(suggestions))
        return first
    opened = Dossier(origin=place, lies_at=place, opened_on=timezone.localdate())
    open_dossiers([opened])
    join(opened, [*(one.dossier for one in suggestions), *(one.dossier for one in below)])
    return opened


def _usable_from_below(place: Place, proposal: Proposal) -> None:
    spoken = f"建议案“{proposal.title}”"
    if proposal.state not in ABOVE or proposal.dossier.lies_at_id != place.pk or proposal.place_id == place.pk:
        raise Refused(
            _("%(spoken)s没有报送到%(place)s，或已经由下级办理。") % {"spoken": spoken, "place": place}, field="below"
        )
    other = Proposal.objects.filter(sources__below=proposal, sources__live=True).first()
    if other is not None:
        raise Refused(
            _("%(spoken)s已经并入建议案%(number)s。") % {"spoken": spoken, "number": other.number}, field="below"
        )


def _usable(place: Place, suggestion: Suggestion) -> None:
    spoken = f"建议“{suggestion.title}”"
    if not place.contains(suggestion.place):
        raise Refused(f"{spoken}不是{place.name}的建议。", field="suggestions")
    if suggestion.state == SuggestionState.MERGED:
        raise Refused(f"{spoken}已并入另一条，请选主案。", field="suggestions")
    if suggestion.state != SuggestionState.VALID:
        raise Refused(f"{spoken}还不是有效建议，请先初审。", field="suggestions")
    if why := nobody_in_charge(suggestion, place):
        raise Refused(why, field="suggestions")
    other = Proposal.objects.filter(sources__suggestion=suggestion, sources__live=True).first()
    if other is not None:
        raise Refused(f"{spoken}已经写入建议案{other.number}。", field="suggestions")


def _amend_on_agenda(proposal: Proposal, by: Actor, reason: str) -> None:
    item = proposal.agenda_item
    if item is None or item.state == ItemState.PUT_OFF:
        return
    if item.state != ItemState.LISTED:
        raise Refused(_("这一案已经提请表决，文本不能再改：表决的就是这个文本。"))
    amend_item(item, by=by, title=proposal.title, text=whole_text(words_of(proposal)), reason=reason)
