"""What a proposal rests on stays as it is, and what is on the agenda is the proposal's own text."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.verbs import guards
from yishiting.ground.seasons.models import SpecialIntake
from yishiting.year.meetings.models import AgendaItem, Meeting
from yishiting.year.meetings.states import ItemState
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.queries import whole_above, words_of
from yishiting.year.proposals.rules import whole_text
from yishiting.year.proposals.states import State
from yishiting.year.suggestions.models import Suggestion


@guards(
    "suggestion.split",
    "suggestion.merge_away",
    "suggestion.unmerge",
    "suggestion.unsplit",
    "suggestion.strike",
    "suggestion.correct",
    "suggestion.screen_again",
    "suggestion.classify",
)
def rests_in_a_living_proposal(suggestion: Suggestion) -> Sentence | None:
    """The sentence that names the proposal and the way out; None where none rests on the suggestion."""
    heads = [suggestion.pk, *([suggestion.merged_into_id] if suggestion.merged_into_id else [])]
    rows = Proposal.objects.filter(sources__suggestion__in=heads).exclude(state=State.DECLINED)
    proposal = rows.only("number", "title").first()
    if proposal is None:
        return None
    return format_lazy(
        _("这条建议已写入建议案{number}“{title}”，不能再改变。建议案未通过以后才可以。"),
        number=proposal.number,
        title=proposal.title,
    )


@guards("proposal.take_on", "proposal.bring_back", "proposal.forward", "proposal.defer", "proposal.explain")
def is_answered_with_what_joined_it(proposal: Proposal) -> Sentence | None:
    """What was joined into a proposal that is under deliberation, or was sent on, is answered with it."""
    on_its_way = (State.TABLED, State.PENDING, State.REPORTED_UP)
    rows = Proposal.objects.filter(sources__below=proposal, sources__live=True, state__in=on_its_way)
    joint = rows.only("number", "title").first()
    if joint is None:
        return None
    return format_lazy(
        _("已并入建议案{number}“{title}”，在那一份上办理，会一并答复。"), number=joint.number, title=joint.title
    )


def _tabled_as(item: AgendaItem) -> Proposal | None:
    return Proposal.objects.filter(agenda_item=item, state=State.TABLED).first()


@guards("item.reword")
def has_the_words_of_a_proposal(item: AgendaItem) -> Sentence | None:
    """The item of a proposal carries the proposal's text, word for word."""
    proposal = _tabled_as(item)
    if proposal is None or (item.title, item.text) == (proposal.title, whole_text(words_of(proposal))):
        return None
    return _("这一项是建议案，题目和文本请在建议案的页面“修改文本”，议程上会一并更新。")


@guards("item.put_to_vote", "item.decide", "item.announce_again")
def is_the_proposal_itself(item: AgendaItem) -> Sentence | None:
    """What is announced, voted on and decided is the text of the proposal and no copy that has parted from it."""
    if item.subject_kind != "proposal" or has_the_words_of_a_proposal(item) is None:
        return None
    return _("议程上的文本和建议案的文本不一样，不能表决。请在建议案的页面“修改文本”，两处就一致了。")


@guards("meeting.convene")
def are_the_proposals_themselves(meeting: Meeting) -> Sentence | None:
    """Notice is given of the text of each proposal."""
    rows = Proposal.objects.filter(agenda_item__meeting=meeting, state=State.TABLED).select_related("agenda_item")
    items = [
        one.agenda_item for one in rows if one.agenda_item is not None and one.agenda_item.state == ItemState.LISTED
    ]
    return next((said for item in items if (said := is_the_proposal_itself(item)) is not None), None)


@guards("season.end_special")
def has_nothing_left_to_decide(intake: SpecialIntake) -> Sentence | None:
    """A matter ends when its proposals have been decided: what still waits for a council would be shut in by the seasons."""
    open_yet = (State.DRAFTED, State.TABLED, State.PENDING)
    said = Suggestion.objects.filter(special=intake).values_list("pk", flat=True)
    rows = Proposal.objects.filter(pk__in=whole_above(said), state__in=open_yet)
    proposal = rows.only("number", "title").first()
    if proposal is None:
        return None
    words = _("建议案{number}“{title}”还没有审议完。请先办完，或者“暂不办理”。")
    return format_lazy(words, number=proposal.number, title=proposal.title)
