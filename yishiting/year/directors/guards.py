"""What the directors' meeting decides is not decided beside it."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.verbs import done_within, guards
from yishiting.ground.places.models import Level
from yishiting.ground.seasons.queries import rules_for
from yishiting.instruments.publicity.queries import why_not_clear
from yishiting.year.directors.queries import below_and_not_named, directors_name, is_named, needs_a_plan, planned_as
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.queries import mains_of
from yishiting.year.suggestions.models import Suggestion


@guards("suggestion.assign")
def is_for_the_directors(suggestion: Suggestion) -> Sentence | None:
    """At a subdistrict the directors' meeting names the leader and the section; what is urgent does not wait for it."""
    if done_within("sitting.name_leaders") or suggestion.special_id is not None:
        return None
    here = suggestion.place if suggestion.place.level != Level.COMMUNITY else suggestion.dossier.lies_at
    if not directors_name(here):
        return None
    return _("责任领导和科室由主任办公会确定。请在“主任办公会”里“列入议程”，开会时“定下责任领导和科室”。")


@guards("proposal.table")
def nobody_leads_what_came_up(proposal: Proposal) -> Sentence | None:
    """A proposal on proposals from below goes past the draft only when a leader and a section answer for all of them."""
    here = proposal.place
    below = below_and_not_named(proposal)
    if not rules_for(here).values["suggestion.assign_first"] or not below.exists() or is_named(proposal):
        return None
    if mains_of(proposal).filter(special__isnull=False).exists():
        return None
    if directors_name(here):
        return _("请先由主任办公会“定下责任领导和科室”，再提请审议：在“主任办公会”里“列入议程”会看到这件建议案。")
    if proposal.responsible_id is not None:
        return None
    return _("下级报送的建议案合在一起的，要有负责人才能提请审议。请重新草拟，写上负责人。")


@guards("proposal.report_up")
def goes_up_by_the_list(proposal: Proposal) -> Sentence | None:
    """A subdistrict reports to the district by the list its directors adopt; what is urgent does not wait for it."""
    if proposal.place.level != Level.SUBDISTRICT or mains_of(proposal).filter(special__isnull=False).exists():
        return None
    return _(
        "街乡要报区里的事，由主任办公会研究，随报区清单报送。请在“问需工作报告”里“列入报区清单”，"
        "会上“主任办公会通过”以后“报送报区清单”。"
    )


@guards("project.open", "project.take_up")
def stands_in_the_plan(proposal: Proposal) -> Sentence | None:
    """A work of a subdistrict is opened from its plan, once that has been public without an objection upheld."""
    if not needs_a_plan(proposal.place) or mains_of(proposal).filter(special__isnull=False).exists():
        return None
    work = planned_as(proposal)
    if work is None:
        return _("街乡的实事项目从《为民办实事项目实施计划书》立项。请先把它列入计划书，由主任办公会决定并公示。")
    if work.plan.notice is None:
        return _("实施计划书还没有公示。请先由主任办公会决定，“公示计划书”，期满再立项。")
    return why_not_clear(work.plan.notice, timezone.localdate())
