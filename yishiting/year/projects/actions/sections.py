"""科室立项: a project that a section or a unit carries out, with a leader who answers for it and partners that give."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.common.language import in_chinese
from yishiting.ground.common.parameters import A, Money, OneOf, Ref, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.row_parameters import Rows
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.notices.actions import tell, tell_unit
from yishiting.ground.notices.models import Audience
from yishiting.ground.organisations.actions.naming import UnitHere
from yishiting.ground.organisations.models import Organisation
from yishiting.ground.organisations.queries import leaders_at
from yishiting.ground.places.models import Level, Place
from yishiting.year.directors.queries import planned_as
from yishiting.year.dossiers.actions import call_in
from yishiting.year.dossiers.models import Outcome as ReferralOutcome
from yishiting.year.projects import rules
from yishiting.year.projects.actions.apart import no_unit_of_a_watcher, no_watcher_does
from yishiting.year.projects.actions.opening import (
    has_a_name_of_its_own,
    not_done_with_others,
    project_on,
    within_its_duty,
)
from yishiting.year.projects.actions.telling import tell_all
from yishiting.year.projects.models import VALUED, Giving, Partner, Path, Project
from yishiting.year.projects.permissions import MAY
from yishiting.year.projects.queries import (
    called_leader,
    called_unit,
    leading_units,
    partners_of,
    unit_called,
    units_near,
    workers_at,
)
from yishiting.year.proposals.models import Proposal
from yishiting.year.proposals.permissions import carried_out_at
from yishiting.year.proposals.queries import joined_from

LEAD = Ref(
    _("承办科室或单位"),
    lambda thing: leading_units(_place_of(thing)),
    hint=_("没有登记的，先在“组织登记”里登记。社区不能牵头办政府职责的事。"),
    called=called_unit,
    initial=lambda thing: thing.lead if isinstance(thing, Project) else _in_the_plan(thing, "lead"),
)
LEADER = Ref(
    _("责任领导"),
    lambda thing: leaders_at(_place_of(thing)),
    hint=_("对这个项目负责的领导。"),
    called=called_leader,
    initial=lambda thing: thing.responsible if isinstance(thing, Project) else _in_the_plan(thing, "responsible"),
)
HANDLER = Ref(
    _("承办负责人"),
    lambda thing: workers_at(_place_of(thing)),
    hint=_("承办科室的科长，或者具体办这件事的人。他的工作台上会看到。"),
    called=called_leader,
)


def _place_of(thing: Proposal | Project) -> Place:
    return carried_out_at(thing) if isinstance(thing, Proposal) else thing.place


def _in_the_plan(proposal: Proposal, what: str) -> Any:
    """What the plan of works says of it, where it stands in one."""
    work = planned_as(proposal)
    return getattr(work, what) if work is not None else None


def _not_a_community(proposal: Proposal) -> Sentence | None:
    """A community has no sections: its residents carry out what is their own, and what is the government's goes up."""
    if carried_out_at(proposal).level != Level.COMMUNITY:
        return None
    return _("社区的项目由居民自己办，请“立项”；属于政府职责的，请“报送街乡”。")


def _led_here(proposal: Proposal) -> Sentence | None:
    return None if carried_out_at(proposal).level == Level.COMMUNITY else within_its_duty(proposal)


NAME_OF_A_FURTHER = line(
    _("项目名称"),
    most=160,
    hint=_("第一次立项可以不写。已经立过项目、还要再立一个的，写清名称，和它分清楚。"),
)


def _named(proposal: Proposal, title: str) -> str:
    """The name of the first project is taken from the proposal; each further one has a name of its own."""
    if not title and proposal.projects.exists():
        raise Refused(
            _("这件建议案已经立项，不必再立。还要另外办一个项目的，请写项目名称，和已经立的分清楚。"), field="title"
        )
    name = title or rules.name_of(proposal.title)
    has_a_name_of_its_own(proposal, name)
    return name


@verb(
    "project.take_up",
    _("科室立项"),
    MAY,
    done=_("已立项，承办科室和责任领导的工作台上会看到。请接着制定方案。"),
    conditions=(_not_a_community, _led_here, not_done_with_others),
)
def take_up_project(
    proposal: Proposal,
    *,
    by: Actor,
    lead: Annotated[A[Organisation], LEAD],
    responsible: Annotated[A[Person], LEADER],
    handler: Annotated[A[Person], HANDLER],
    title: Annotated[str, NAME_OF_A_FURTHER] = "",
) -> Project:
    """Open a project that a section or a unit carries out: its leader, its section and who does the work are named."""
    here = carried_out_at(proposal)
    project = project_on(
        [proposal],
        here,
        _named(proposal, title),
        proposal.measures,
        path=Path.DEPARTMENT_RUN,
        lead=lead,
        responsible=responsible,
        handler=handler,
        responsible_name=handler.name,
    )
    for one in [proposal, *joined_from(proposal)]:
        call_in(one.dossier, timezone.localdate(), ReferralOutcome.OPENED)
    _tell_those_named(project, by)
    tell_all(project, "take_up", f"“{project.title}”由{here}立项办理，承办的是{lead.name}，接着制定方案。")
    return project


@verb("project.set_lead", _("调整承办科室和责任领导"), MAY, done=_("已调整。"))
def set_lead(
    project: Project,
    *,
    by: Actor,
    lead: Annotated[A[Organisation], LEAD],
    responsible: Annotated[A[Person], LEADER],
    handler: Annotated[A[Person], HANDLER],
) -> Project:
    """Give the project to another section, leader or head; who watches it cannot be one of them."""
    no_watcher_does(project, [], "handler", [handler])
    no_watcher_does(project, [], "responsible", [responsible])
    no_unit_of_a_watcher(project, [lead], "lead")
    _no_partner_leads(project, lead)
    project.path, project.lead, project.responsible = Path.DEPARTMENT_RUN, lead, responsible
    project.handler = handler
    project.save(update_fields=["path", "lead", "responsible", "handler"])
    write_entry(project, lead=str(lead.pk), private={"responsible": str(responsible.pk), "handler": str(handler.pk)})
    _tell_those_named(project, by)
    return project


def _no_partner_leads(project: Project, lead: Organisation) -> None:
    if any(one.organisation_id == lead.pk for one in partners_of(project)):
        raise Refused(_("这个单位已经是配合单位。请先把它从配合单位里去掉。"), field="lead")


def _fits(row: Mapping[str, Any]) -> tuple[str, Sentence] | None:
    """Money needs its amount; what has a value needs its basis; rooms and hours have none."""
    valued, value = row["kind"] in VALUED, row["value"]
    if not valued and value is not None:
        return "value", _("场地和人工不折成钱，金额请不填。")
    if row["kind"] == Giving.MONEY and value is None:
        return "value", _("出资金的，请写明金额。")
    if value is not None and not row["basis"]:
        return "basis", _("写了金额的，请写明依据，例如捐赠协议、发票、询价单。")
    return None


PARTNERS = Rows(
    _("配合单位"),
    columns={
        "name": UnitHere(_("单位"), missing=_("请写登记的单位名称。")),
        "gives": line(_("出什么"), most=120, hint=_("例如：出两名电工，负责日常维护"), missing=_("请写明出什么。")),
        "kind": OneOf(_("方式"), Giving, missing=_("请选资金、实物、场地或人工。")),
        "value": Money(_("金额或价值（元）"), least=1),
        "basis": line(_("依据"), most=120),
    },
    optional=("value", "basis"),
    spare=3,
    most=20,
    sound=_fits,
    hint=_("只有资金和实物写金额，并写明依据。场地和人工写清楚出什么就行，不折成钱。"),
    initial=lambda project: [{"name": one.organisation.name, **_given_by(one)} for one in partners_of(project)],
)


def _given_by(one: Partner) -> dict[str, Any]:
    return {"gives": one.gives, "kind": one.kind, "value": one.value, "basis": one.basis}


@verb("project.set_partners", _("确定配合单位"), MAY, done=_("配合单位已保存。"))
def set_partners(project: Project, *, by: Actor, partners: Annotated[Sequence[Mapping[str, Any]], PARTNERS]) -> Project:
    """Name the units that work with the one that leads, and what each gives; who is no partner any more stays, with the day."""
    given = {unit.pk: (unit, told) for unit, told in _registered(project, partners)}
    no_unit_of_a_watcher(project, [unit for unit, _told in given.values()], "partners")
    today, now = timezone.localdate(), {one.organisation_id: one for one in partners_of(project)}
    left = [one.pk for pk, one in now.items() if pk not in given or given[pk][1] != _given_by(one)]
    project.partners.filter(pk__in=left).update(until=today)
    kept = {pk for pk, one in now.items() if one.pk not in left}
    added = [
        Partner(project=project, place=project.place, organisation=unit, since=today, **told)
        for pk, (unit, told) in given.items()
        if pk not in kept
    ]
    Partner.objects.bulk_create(added)
    write_entry(project, partners=len(given))
    for one in added:
        body = f"您单位列为{project.place}实事项目“{project.title}”的配合单位：{one.said}。"
        step = f"unit.partner:{project.pk}:{one.organisation_id}:{today}"
        tell_unit(one.organisation, step=step, subject="您单位配合一个实事项目", body=body)
    return project


def _registered(project: Project, partners: Sequence[Mapping[str, Any]]) -> list[tuple[Organisation, dict[str, Any]]]:
    """The units by their names, each once, and none that leads, with what each gives."""
    known, found = units_near(project.place), list[tuple[Organisation, dict[str, Any]]]()
    for row in partners:
        told, name = {**row, "kind": str(row["kind"])}, row["name"]
        unit = unit_called(known, told.pop("name"))
        if unit is None:
            raise Refused(_("“%(name)s”没有登记。请先在“组织登记”里登记。") % {"name": name}, field="partners")
        if unit.pk == project.lead_id:
            raise Refused(_("“%(name)s”是承办单位，不用再写。") % {"name": name}, field="partners")
        if unit.pk in {one.pk for one, _told in found}:
            raise Refused(_("“%(name)s”写了两次，请合成一行。") % {"name": name}, field="partners")
        found.append((unit, told))
    return found


@in_chinese
def _tell_those_named(project: Project, by: Actor) -> None:
    """The leader and who does the work hear that the project is theirs."""
    for person in dict.fromkeys([project.responsible, project.handler]):
        if person is None or person == by or project.lead is None:
            continue
        tell(
            person,
            once=f"project.take_up:{project.pk}:{project.lead_id}:{person.pk}",
            template="project.led",
            subject="有一个实事项目由您负责",
            body=f"{project.place}的实事项目“{project.title}”由{project.lead.name}承办，请制定方案并组织实施。",
            audience=Audience.DESK,
            about=project,
            place_code=project.place.code,
        )
