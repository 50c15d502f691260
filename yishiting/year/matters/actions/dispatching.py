"""Dispatch to a lead unit with co-organisers, who countersign or return; the office rules on what is returned."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.days import chinese
from yishiting.ground.common.parameters import A, Day, Ref, Refs, Text, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.organisations.models import Organisation
from yishiting.ground.seasons.due_days import due_after
from yishiting.ground.seasons.queries import rules_for
from yishiting.instruments.publicity.queries import why_not_clear
from yishiting.year.matters.actions.telling import tell_heads, tell_proposers_of, tell_units, told_of_step
from yishiting.year.matters.choices import Role
from yishiting.year.matters.models import Dispatch, Matter
from yishiting.year.matters.permissions import MAY
from yishiting.year.matters.queries import NO_DEPARTMENT, departments, dispatches_of, handling_of
from yishiting.year.matters.states import DISPATCH_LIFECYCLE, LIFECYCLE, DispatchState, State

#: The units have it in hand, or are about to take it on.
IN_HAND = (State.DISPATCHED, State.UNDERWAY)


def _is_clear(matter: Matter) -> Sentence | None:
    return why_not_clear(matter.notice, timezone.localdate()) if matter.notice is not None else None


def _proposed_lead(matter: Matter) -> Organisation | None:
    handling = handling_of(matter)
    return handling.lead if handling is not None else None


def _proposed_partners(matter: Matter) -> list[Organisation]:
    handling = handling_of(matter)
    return list(handling.partners.all()) if handling is not None else []


LEAD = Ref(
    _("主办单位"),
    lambda matter: departments(matter.place),
    unknown=NO_DEPARTMENT,
    initial=_proposed_lead,
    missing=_("请选主办单位。"),
)
PARTNERS = Refs(
    _("协办单位"), lambda matter: departments(matter.place), unknown=NO_DEPARTMENT, initial=_proposed_partners
)
DEADLINE = Day(
    _("办理期限"),
    ahead=True,
    initial=lambda matter: one.deadline if (one := handling_of(matter)) is not None else None,
    missing=_("请写明办理期限。"),
)


@verb(
    "matter.dispatch",
    _("分派承办单位"),
    MAY,
    conditions=(_is_clear,),
    done=lambda one: format_lazy("{}{}", _("已分派，等各单位会签。"), told_of_step(one, "dispatch")),
)
def dispatch(
    matter: Matter,
    *,
    by: Actor,
    lead: Annotated[A[Organisation], LEAD],
    deadline: Annotated[date, DEADLINE],
    partners: Annotated[Sequence[Organisation], PARTNERS] = (),
) -> Matter:
    """Dispatch a decided and publicised matter to the unit that leads, and to those that work with it."""
    if lead in partners:
        raise Refused(_("主办单位不能同时是协办单位。"), field="partners")
    LIFECYCLE.advance(matter, "matter.dispatch")
    matter.due = deadline
    matter.save(update_fields=["state", "due"])
    for unit, role in [(lead, Role.LEAD), *((one, Role.SUPPORT) for one in partners)]:
        _send(matter, unit, role)
    write_entry(matter, unit=str(lead.pk), partners=len(partners), due=deadline.isoformat())
    due = chinese(deadline, "plain")
    body = f"“{matter.title}”（{matter.number}）分派给{lead}主办，{due}前办结。请会签。"
    tell_units(matter, "dispatch", [lead, *partners], body)
    tell_proposers_of(matter, "dispatch", f"您提的事“{matter.title}”由{lead}主办，{due}前办结。")
    return matter


def _send(matter: Matter, unit: Organisation, role: str) -> Dispatch:
    today = timezone.localdate()
    days = rules_for(matter.place).number("matter.countersign_workdays")
    return Dispatch.objects.create(
        matter=matter,
        place=matter.place,
        unit=unit,
        role=role,
        sent_on=today,
        due=due_after(today, days),
    )


def _still_dispatched(dispatch: Dispatch) -> Sentence | None:
    if dispatch.matter.state in IN_HAND:
        return None
    return _("这件事已经答复，不再会签、退回或改派。提出人不满意的，会重新办理；列入计划的，请“再办”。")


SIGNED_BY = line(_("会签人"), most=40, hint=_("职务和姓名。"), missing=_("请写明会签人。"))


@verb("dispatch.countersign", _("会签承办"), MAY, conditions=(_still_dispatched,), done=_("已会签。"))
def countersign(dispatch: Dispatch, *, by: Actor, signed_by: Annotated[str, SIGNED_BY]) -> Dispatch:
    """A unit takes on what was dispatched to it."""
    DISPATCH_LIFECYCLE.advance(dispatch, "dispatch.countersign")
    dispatch.signed_by, dispatch.signed_on = signed_by, timezone.localdate()
    dispatch.save(update_fields=["state", "signed_by", "signed_on"])
    write_entry(dispatch, matter=str(dispatch.matter_id), private={"signed_by": signed_by})
    return dispatch


WHY_RETURNED = Text(
    _("为什么不承办"), hint=_("依据哪一条职责规定，应由哪个单位承办。"), missing=_("请写明为什么不承办。")
)


@verb(
    "dispatch.return",
    _("退回分派"),
    MAY,
    conditions=(_still_dispatched,),
    kind="danger",
    done=lambda one: format_lazy("{}{}", _("已退回，由办公室裁定。"), told_of_step(one, "dispatch_return")),
)
def return_dispatch(dispatch: Dispatch, *, by: Actor, reason: Annotated[str, WHY_RETURNED]) -> Dispatch:
    """A unit returns what it holds not to be its own; the office rules on that in time."""
    DISPATCH_LIFECYCLE.advance(dispatch, "dispatch.return")
    today, book = timezone.localdate(), rules_for(dispatch.place)
    dispatch.returned_on, dispatch.reason = today, reason
    dispatch.ruling_due = due_after(today, book.number("matter.ruling_workdays"))
    dispatch.save(update_fields=["state", "returned_on", "reason", "ruling_due"])
    write_entry(
        dispatch, matter=str(dispatch.matter_id), due=dispatch.ruling_due.isoformat(), private={"reason": reason}
    )
    tell_heads(
        dispatch.matter, "dispatch_return", f"{dispatch.unit}退回“{dispatch.matter.title}”：{reason}", of=dispatch
    )
    return dispatch


def _others(dispatch: Dispatch) -> "QuerySet[Organisation]":
    """The departments that have no part in it yet."""
    return departments(dispatch.place).exclude(pk__in=dispatches_of(dispatch.matter).values("unit"))


OTHER = Ref(
    _("改派哪个单位"),
    _others,
    hint=_("不选的，仍由这个单位承办。"),
    unknown=NO_DEPARTMENT,
)
RULING = Text(_("裁定和依据"), missing=_("请写明裁定和依据。"))


@verb(
    "dispatch.rule",
    _("裁定"),
    MAY,
    before=lambda one: one.reason,
    done=lambda one: format_lazy("{}{}", _("已裁定。"), told_of_step(one, "dispatch_rule")),
)
def rule_on_dispatch(
    dispatch: Dispatch,
    *,
    by: Actor,
    ruling: Annotated[str, RULING],
    unit: Annotated[Organisation | None, OTHER] = None,
) -> Dispatch:
    """The office rules on a returned dispatch: the unit carries it out after all, or another one does."""
    to = DispatchState.SENT if unit is None else DispatchState.REPLACED
    DISPATCH_LIFECYCLE.advance(dispatch, "dispatch.rule", to=to)
    today = timezone.localdate()
    dispatch.ruling, dispatch.ruled_on = ruling, today
    days = rules_for(dispatch.place).number("matter.countersign_workdays")
    dispatch.due = due_after(today, days)
    dispatch.save(update_fields=["state", "ruling", "ruled_on", "due"])
    if unit is not None:
        _send(dispatch.matter, unit, dispatch.role)
    write_entry(dispatch, matter=str(dispatch.matter_id), outcome=str(to), private={"ruling": ruling})
    told = [dispatch.unit] if unit is None else [dispatch.unit, unit]
    tell_units(dispatch.matter, "dispatch_rule", told, f"“{dispatch.matter.title}”的分派，裁定：{ruling}", of=dispatch)
    return dispatch


ANOTHER = Ref(_("改派哪个单位"), _others, missing=_("请选改派哪个单位。"), unknown=NO_DEPARTMENT)
WHY_ANOTHER = Text(_("为什么改派"), hint=_("依据哪一份文件，或者何时起没有会签。"), missing=_("请写明为什么改派。"))


@verb(
    "dispatch.reassign",
    _("改派"),
    MAY,
    kind="danger",
    conditions=(_still_dispatched,),
    done=lambda one: format_lazy("{}{}", _("已改派，等会签。"), told_of_step(one, "dispatch_rule")),
)
def reassign_dispatch(
    dispatch: Dispatch,
    *,
    by: Actor,
    unit: Annotated[A[Organisation], ANOTHER],
    reason: Annotated[str, WHY_ANOTHER],
) -> Dispatch:
    """Give the part of a unit that is merged, has no longer that duty or stays silent to another one; it countersigns."""
    DISPATCH_LIFECYCLE.advance(dispatch, "dispatch.reassign")
    dispatch.ruling, dispatch.ruled_on = reason, timezone.localdate()
    dispatch.save(update_fields=["state", "ruling", "ruled_on"])
    _send(dispatch.matter, unit, dispatch.role)
    write_entry(dispatch, matter=str(dispatch.matter_id), unit=str(unit.pk), private={"ruling": reason})
    body = f"“{dispatch.matter.title}”（{dispatch.matter.number}）由{dispatch.unit}改派{unit}：{reason}"
    tell_units(dispatch.matter, "dispatch_rule", [dispatch.unit, unit], body, of=dispatch)
    return dispatch
