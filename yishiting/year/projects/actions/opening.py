"""From adopted proposals to a project: one on one, one on several, several on one; and what it rests on, while it is planned."""

from collections.abc import Sequence
from typing import Annotated, Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.parameters import A, Ref, Refs, Text, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import forbidden, verb
from yishiting.ground.ledger.actions import later, write_entries, write_entry
from yishiting.ground.places.models import Level, Place
from yishiting.ground.places.rules import may_lead
from yishiting.ground.seasons.queries import rules_for
from yishiting.instruments.documents.actions import number_at_the_end
from yishiting.instruments.documents.models import Series
from yishiting.instruments.documents.rules import paper_number
from yishiting.year.directors.queries import planned_as
from yishiting.year.dossiers.queries import was_sent_back
from yishiting.year.projects import rules
from yishiting.year.projects.actions.telling import tell_all, told_those_of
from yishiting.year.projects.models import Basis, FormerBasis, Path, Project
from yishiting.year.projects.permissions import MAY
from yishiting.year.projects.queries import adopted_here, basis_of, carried_out_by, without_a_project
from yishiting.year.projects.states import LIFECYCLE
from yishiting.year.proposals.actions.telling import tell_sources
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.permissions import carried_out_at
from yishiting.year.proposals.queries import duty_known, joint_of, mains_of
from yishiting.year.proposals.states import State as ProposalState


def _called(one: Proposal) -> str:
    return f"{one.title}（{one.resolution_number or one.number}）"


TOGETHER = Refs(
    _("和哪几件建议案合并立项"),
    lambda proposal: adopted_here(proposal.place).exclude(pk=proposal.pk),
    offered=lambda proposal: without_a_project(proposal.place).exclude(pk=proposal.pk),
    hint=_("由一个项目一起办的建议案，都要是本地审议通过的。"),
    missing=_("请至少选一件。只办这一件的，请“立项”。"),
    called=_called,
    least=1,
)
TITLE_OF_ALL = line(
    _("项目名称"),
    most=160,
    hint=_("几件事合起来叫什么。例如：小区照明和坡道改造。"),
    missing=_("请写项目名称。"),
    initial=lambda proposal: rules.name_of(proposal.title),
)
TITLE_OF_PART = line(
    _("项目名称"),
    most=160,
    hint=_("和已经立的项目分清楚。例如：楼门口安装太阳能路灯（二期）。"),
    missing=_("请写项目名称，和已经立的项目分清楚。"),
)
CONTENT_OF_PART = Text(
    _("项目内容"), rows=4, hint=_("这个项目办建议案里的哪一部分。"), missing=_("请写明这个项目办哪一部分。")
)


def within_its_duty(proposal: Proposal) -> Sentence | None:
    """What the place took on or got back with its consent it carries out; its own only where the duty is its own."""
    here = carried_out_at(proposal)
    agreed = proposal.state == ProposalState.TAKEN_ON or was_sent_back(proposal.dossier, here)
    return None if agreed or may_lead(here.level, proposal.responsible_level) else _not_its_own(proposal)


def _not_its_own(proposal: Proposal) -> Sentence:
    return _("这是上级的职责，%(here)s不能承办。请报送街乡。") % {"here": carried_out_at(proposal).word_in_reply}


def _residents_do_it(proposal: Proposal) -> Sentence | None:
    """Only communities carry out works by themselves."""
    own = proposal.place.level == Level.COMMUNITY
    return None if own else _("街乡和区里的项目由科室或单位承办，请“科室立项”，写明承办科室和责任领导。")


def not_done_with_others(proposal: Proposal) -> Sentence | None:
    """What was joined into a proposal above is carried out as part of that."""
    joint = joint_of(proposal)
    if joint is None:
        return None
    words = {"number": joint.number, "title": joint.title}
    return _("已并入建议案%(number)s“%(title)s”，请在那一份上“科室立项”。") % words


def _sources_are_its_own(proposal: Proposal) -> None:
    """What it rests on is led here too, unless the place above has answered that it is done here."""
    if proposal.place.level != Level.COMMUNITY or was_sent_back(proposal.dossier, proposal.place):
        return
    if not all(may_lead(proposal.place.level, duty_known(one) or "community") for one in mains_of(proposal)):
        raise Refused(_not_its_own(proposal))


def _not_opened_yet(proposal: Proposal) -> Sentence | None:
    opened = proposal.projects.exists()
    return _("这件建议案已经立项，不必再立。还要另外办一个项目的，请“再立一个项目”。") if opened else None


def _opened_before(proposal: Proposal) -> Sentence | None:
    return None if proposal.projects.exists() else _("这件建议案还没有立项，请“立项”。")


def _others_are_there(proposal: Proposal) -> Sentence | None:
    there_are = adopted_here(proposal.place).exclude(pk=proposal.pk).exists()
    return None if there_are else _("没有别的审议通过的建议案可以合并立项。只办这一件的，请“立项”。")


def _already(proposal: Proposal) -> Sentence:
    numbers = [f"{one.number} {one.title}" for one in proposal.projects.order_by("created_at")]
    return _("这件建议案已经立了：%(projects)s") % {"projects": _("、").join(numbers)}


@verb(
    "project.open",
    _("立项"),
    MAY,
    done=_("已立项，请接着制定方案。"),
    conditions=(_residents_do_it, within_its_duty, _not_opened_yet),
)
def open_project(proposal: Proposal, *, by: Actor) -> Project:
    """Open a project for a proposal the council has adopted and the residents carry out themselves."""
    _sources_are_its_own(proposal)
    return _open([proposal], rules.name_of(proposal.title), proposal.measures)


@verb(
    "project.open_together",
    _("合并立项"),
    MAY,
    done=_("已合并立项，请接着制定方案。"),
    conditions=(_residents_do_it, within_its_duty, _not_opened_yet, _others_are_there),
    holds=("proposals",),
)
def open_together(
    proposal: Proposal,
    *,
    by: Actor,
    proposals: Annotated[Sequence[Proposal], TOGETHER],
    title: Annotated[str, TITLE_OF_ALL],
) -> Project:
    """Open one project for several proposals the council has adopted."""
    for one in proposals:
        _may_be_rested_on(one, "proposals")
    _sources_are_its_own(proposal)
    rests_on = [proposal, *proposals]
    return _open(rests_on, title, "\n".join(one.measures for one in rests_on))


@verb(
    "project.open_another",
    _("再立一个项目"),
    MAY,
    before=_already,
    done=_("已立项，请接着制定方案。"),
    conditions=(_residents_do_it, within_its_duty, _opened_before),
)
def open_another(
    proposal: Proposal,
    *,
    by: Actor,
    title: Annotated[str, TITLE_OF_PART],
    content: Annotated[str, CONTENT_OF_PART],
) -> Project:
    """Open a further project for a proposal that has led to one already."""
    has_a_name_of_its_own(proposal, title)
    _sources_are_its_own(proposal)
    return _open([proposal], title, content)


def has_a_name_of_its_own(proposal: Proposal, title: str) -> None:
    """The projects of one proposal are told apart by their names."""
    if proposal.projects.filter(title=title).exists():
        raise Refused(_("已经有一个同名的项目。请换一个名称，和它分清楚。"), field="title")


def _open(proposals: Sequence[Proposal], title: str, content: str) -> Project:
    project = project_on(proposals, proposals[0].place, title, content, path=Path.SELF_GOVERNED)
    tell_all(project, "open", f"“{project.title}”已经立为实事项目，接着制定方案。")
    return project


def _as_planned(proposal: Proposal) -> dict[str, Any]:
    """What the plan of works says of it: the money, the day and what finished means are those of its first project."""
    work = None if proposal.projects.exists() else planned_as(proposal)
    if work is None:
        return {}
    return {
        "planned_cost": work.planned_cost,
        "cost_source": work.cost_source,
        "deadline": work.deadline,
        "completion_standard": work.completion_standard,
    }


def project_on(proposals: Sequence[Proposal], place: Place, title: str, content: str, **facts: Any) -> Project:
    """A new project of a place on one or several proposals, with its entry and its number."""
    first, label = proposals[0], rules_for(place).label
    given = {"title": title, "content": content, "rules_label": label, **_as_planned(first), **facts}
    project = Project(dossier=first.dossier, place=place, year=timezone.localdate().year, **given)
    Basis.objects.bulk_create([_rests(project, one) for one in proposals])
    also = [one.number for one in proposals[1:]]
    more: dict[str, Any] = {"proposals": also} if also else {}
    write_entry(
        project,
        rules=label,
        proposal=str(first.pk),
        number=later(project, "number"),
        path=str(project.path),
        lead=str(project.lead_id or ""),
        **more,
    )
    number_project(project)
    return project


def _rests(project: Project, proposal: Proposal) -> Basis:
    return Basis(project=project, proposal=proposal, further=proposal.projects.exists())


def _may_be_rested_on(proposal: Proposal, field: str) -> None:
    """Whether a project may rest on it beside others: led here, no agreement, and not joined into another above."""
    refusal = forbidden("project.open", proposal) or not_done_with_others(proposal) or within_its_duty(proposal)
    if refusal is not None:
        raise Refused(refusal, field=field)
    _sources_are_its_own(proposal)


def _to_be_added(project: Project) -> "QuerySet[Proposal]":
    return carried_out_by(project.place).exclude(projects=project)


ONE_MORE = Ref(_("增加哪一件建议案"), _to_be_added, called=_called, hint=_("这个项目一起办的、本地审议通过的建议案。"))
ONE_OF_THEM = Ref(_("撤回哪一件建议案"), lambda project: project.proposals.select_related("place"), called=_called)
WHY_BACK = Text(
    _("为什么撤回"), rows=2, hint=_("提建议的人会看到。"), missing=_("请写明为什么撤回，提建议的人会看到。")
)


def _added(basis: Basis) -> Sentence:
    step, mains = f"project.add_basis.{basis.pk}", mains_of(basis.proposal)
    return str(_("已加上，方案和公示都会写明。")) + told_those_of(step, mains)


@verb("project.add_basis", _("增加依据的建议案"), MAY, done=_added, holds=("proposal",))
def add_basis(
    project: Project,
    *,
    by: Actor,
    proposal: Annotated[A[Proposal], ONE_MORE],
) -> Basis:
    """Let a project that is still being planned rest on one more adopted proposal."""
    LIFECYCLE.advance(project, "project.add_basis")
    _may_be_rested_on(proposal, "proposal")
    basis = _rests(project, proposal)
    basis.save()
    write_entry(project, proposal=str(proposal.pk), number=proposal.number)
    told = f"建议案“{proposal.title}”由实事项目“{project.title}”一起办理。"
    tell_sources(proposal, f"project.add_basis.{basis.pk}", told)
    return basis


def _several(project: Project) -> Sentence | None:
    if project.bases.count() > 1:
        return None
    return _("这个项目只依据一件建议案，不能撤回。项目不办了的，请“终止项目”。")


def _removed(former: FormerBasis) -> Sentence:
    step, mains = f"project.remove_basis.{former.pk}", mains_of(former.proposal)
    return str(_("已撤回，那件建议案可以另外立项。")) + told_those_of(step, mains)


@verb(
    "project.remove_basis",
    _("撤回依据的建议案"),
    MAY,
    done=_removed,
    kind="danger",
    conditions=(_several,),
    holds=("proposal",),
)
def remove_basis(
    project: Project,
    *,
    by: Actor,
    proposal: Annotated[A[Proposal], ONE_OF_THEM],
    reason: Annotated[str, WHY_BACK],
) -> FormerBasis:
    """Take a proposal back from a project that is still being planned; that it was there stays in the path of both."""
    LIFECYCLE.advance(project, "project.remove_basis")
    project.bases.get(proposal=proposal).delete()
    former = FormerBasis.objects.create(project=project, proposal=proposal, until=timezone.localdate(), reason=reason)
    first = basis_of(project)[0]
    if project.dossier_id == proposal.dossier_id:
        project.dossier = first.dossier
        project.save(update_fields=["dossier"])
    write_entries(
        project,
        [(proposal, {"project": str(project.pk), "number": proposal.number})],
        private={"reason": reason},
        proposal=str(proposal.pk),
        number=proposal.number,
    )
    told = f"建议案“{proposal.title}”不再由实事项目“{project.title}”办理：{reason}"
    tell_sources(proposal, f"project.remove_basis.{former.pk}", told)
    return former


def number_project(project: Project) -> None:
    """Number a project and save it, last of all."""

    def save(serials: range) -> None:
        project.number = paper_number(f"{project.place.name}实事", project.year, serials[0])
        project.save(force_insert=True)

    number_at_the_end(project.place, Series.PROJECT, project.year, save)
