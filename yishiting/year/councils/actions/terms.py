"""Founding the council, beginning a term, planning its seats."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.parameters import Day, Given, Lines, Text, Whole, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.organisations.actions.naming import PersonHere
from yishiting.ground.organisations.models import IdentityKind, Organisation
from yishiting.ground.organisations.queries import units_here
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.queries import rules_for
from yishiting.methods.errors import Unusable
from yishiting.year.councils.actions.sectors import advice
from yishiting.year.councils.models import Candidate, Constituency, Council, Term
from yishiting.year.councils.permissions import MAY
from yishiting.year.councils.rules import Plan, Planned, plan_seats, seat_rule
from yishiting.year.councils.states import LIFECYCLE, State

SECTORS = {kind.value: str(kind.label) for kind in IdentityKind}
MOST_TERMS = 99

PURPOSE = Text(_("职责"), rows=5, hint=_("例如：收集民意，协商公共事务，监督实事项目。会在协商会公开页上显示。"))
FOUNDED = Day(_("成立日期"), past=True)


def _none_yet(place: Place) -> Sentence | None:
    if not Council.objects.filter(place=place).exists():
        return None
    return _("%(place)s已经有议事协商会，不必再成立。") % {"place": place.name}


@verb(
    "council.found",
    _("成立议事协商会"),
    MAY,
    done=_("议事协商会已登记。下一步：筹备新一届。"),
    conditions=(_none_yet,),
)
def found_council(
    place: Place,
    *,
    by: Actor,
    purpose: Annotated[str, PURPOSE],
    founded_on: Annotated[date | None, FOUNDED] = None,
) -> Council:
    """Found the standing deliberative council of a place, with its purpose."""
    council = Council.objects.create(place=place, purpose=purpose, founded_on=founded_on)
    write_entry(council, founded_on=founded_on.isoformat() if founded_on else "")
    return council


@verb("council.amend", _("修改协商会职责"), MAY, done=_("已修改。"))
def amend_council(
    council: Council,
    *,
    by: Actor,
    purpose: Annotated[str, PURPOSE],
    founded_on: Annotated[date | None, FOUNDED] = None,
) -> Council:
    """Correct the purpose or the founding day of a council."""
    council.purpose, council.founded_on = purpose, founded_on
    council.save(update_fields=["purpose", "founded_on"])
    begun = founded_on.isoformat() if founded_on else ""
    write_entry(council, private={"purpose": council.purpose}, founded_on=begun)
    return council


ORGANISERS = Lines(
    _("组织力量"),
    {"name": PersonHere(_("姓名")), "duty": line(_("分工"), most=80)},
    hint=_("一行一人，先写姓名，再写分工。例如：刘芳 会务、记录。会在协商会公开页上显示。"),
    most=30,
    initial=lambda council: [tuple(one) for one in council.organisers],
)


@verb("council.name_organisers", _("登记组织力量"), MAY, done=_("已登记，公开页上可以看到。"))
def name_organisers(
    council: Council, *, by: Actor, organisers: Annotated[Sequence[tuple[str, str]], ORGANISERS]
) -> Council:
    """Name those who run the council: who calls its meetings, collects suggestions, keeps the papers."""
    council.organisers = [list(one) for one in organisers]
    council.save(update_fields=["organisers"])
    names = "、".join(f"{name}（{duty}）" for name, duty in organisers)
    write_entry(council, private={"organisers": names}, people=len(organisers))
    return council


def none_in_the_making(council: Council) -> Sentence | None:
    """None when no term of the council is being prepared or waits to be confirmed."""
    last = _last_of(council)
    if last is None or last.state in (State.SEATED, State.ENDED):
        return None
    if last.state == State.ENTERED:
        return _("%(term)s已经登记，还在等上级“确认在任的一届”。") % {"term": last}
    return _("%(term)s还在筹备，不能同时筹备两届。请先把%(term)s办到“公布结果，新一届就任”。") % {"term": last}


NUMBER = Whole(
    _("届次"),
    least=1,
    most=MOST_TERMS,
    hint=_("第一次登记时填实际届次，例如 3。以后由系统接着往下排，不用填。"),
)


@verb(
    "term.begin",
    _("筹备新一届"),
    MAY,
    done=_("新一届开始筹备。请写席位方案。"),
    conditions=(none_in_the_making,),
)
def begin_term(council: Council, *, by: Actor, number: Annotated[int | None, NUMBER] = None) -> Term:
    """Begin preparing the next term of a council; the first one entered may carry any number."""
    last = _last_of(council)
    following = last.number + 1 if last else number or 1
    if number is not None and number != following:
        said = {"last": last, "n": following}
        raise Refused(_("上一届是%(last)s，新的一届应当是第%(n)s届。") % said, field="number")
    term = Term.objects.create(council=council, place=council.place, number=following)
    write_entry(term, number=following)
    return term


@verb("term.drop", _("撤销筹备"), MAY, done=_("这一届的筹备已撤销，记录还在。"), kind="danger")
def drop_term(
    term: Term,
    *,
    by: Actor,
    reason: Annotated[str, Text(_("原因"), rows=2, hint=_("例如：届次填错了"), missing=_("请写明原因，会留痕。"))],
) -> None:
    """Take back a term begun by mistake, before its seats are adopted; another may then be begun."""
    plan = json.dumps([[one.name, one.seats] for one in term.constituencies.all()], ensure_ascii=False)
    write_entry(term, number=term.number, private={"reason": reason, "plan": plan})
    term.constituencies.all().delete()
    term.delete()


def _last_of(council: Council) -> Term | None:
    return council.terms.order_by("-number").first()


@verb("term.plan_seats", _("写席位方案"), MAY, done=_("席位方案已保存。通过后开始提名。"))
def set_seat_plan(
    term: Term,
    *,
    by: Actor,
    lines: Annotated[Sequence[Planned], Given(_("推选单位"), missing=_("席位方案还没有推选单位。请至少写一行。"))],
    total: Annotated[int | None, Given(_("总席位"))] = None,
    method: Annotated[str, Given(_("计算方法"))] = "",
) -> Term:
    """Set the constituencies of a term and their seats, computed by a named method or set by hand."""
    senders, plan = _senders(term.place, lines), computed(term.place, lines, total, method)
    units = _units(term.place, lines)
    term.constituencies.all().delete()
    Constituency.objects.bulk_create(
        Constituency(
            term=term,
            place=term.place,
            position=n,
            **_fields(line),
            sends=senders[line.sends],
            unit=units[line.unit],
            seats=seats,
        )
        for n, (line, seats) in enumerate(zip(lines, plan.seats, strict=True), start=1)
    )
    term.plan_rule = dict(plan.record)
    term.save(update_fields=["plan_rule"])
    names = json.dumps([line.name for line in lines], ensure_ascii=False)
    write_entry(
        term,
        rules=rules_for(term.place).label,
        method=plan.record["method"],
        seats=list(plan.seats),
        total=plan.total,
        private={"constituencies": names},
    )
    return term


def _composed_of(term: Term) -> Sentence:
    """What the plan comes to, and the sectors that have no seat of their own."""
    rows = list(term.constituencies.all())
    told = {"groups": len(rows), "seats": sum(one.seats for one in rows)}
    said = str(_("%(groups)s个推选单位，合计%(seats)s席。通过以后开始提名。") % told)
    return "\n".join(part for part in (said, str(advice(term.place, {one.sector for one in rows}))) if part)


def _is_planned(term: Term) -> Sentence | None:
    return None if term.constituencies.exists() else _("还没有席位方案。请先“写席位方案”。")


@verb(
    "term.fix_seats",
    _("通过席位方案"),
    MAY,
    before=_composed_of,
    done=_("席位方案已通过，现在可以登记候选人。"),
    conditions=(_is_planned,),
)
def fix_seats(term: Term, *, by: Actor) -> Term:
    """Adopt the seat plan: from now on nominations are taken. A plan that breaks a rule in force is refused."""
    rows = list(term.constituencies.all())
    book = rules_for(term.place)
    plan = computed(term.place, [planned(row) for row in rows])
    LIFECYCLE.advance(term, "term.fix_seats")
    term.rules_label = book.label
    term.save(update_fields=["state", "rules_label"])
    write_entry(term, rules=book.label, total=plan.total, constituencies=len(rows))
    return term


def _nobody_stands(term: Term) -> Sentence | None:
    if not Candidate.objects.filter(constituency__term=term).exists():
        return None
    return _("已经有人报名，席位方案不能再改。请按现在的方案继续“登记候选人”，再“公示候选人”。")


@verb(
    "term.revise_seats",
    _("退回修改席位方案"),
    MAY,
    done=_("可以修改席位方案了，改好后重新通过。"),
    kind="danger",
    conditions=(_nobody_stands,),
)
def revise_seats(term: Term, *, by: Actor, reason: Annotated[str, Text(_("为什么修改"), rows=3)]) -> Term:
    """Take the adopted plan back to the table before anybody stands."""
    LIFECYCLE.advance(term, "term.revise_seats")
    term.save(update_fields=["state"])
    write_entry(term, private={"reason": reason})
    return term


def computed(place: Place, lines: Sequence[Planned], total: int | None = None, method: str = "") -> Plan:
    """The plan these lines make under the rules of the place; not a verb, so that a desk may try before it decides."""
    book = rules_for(place)
    try:
        rule = seat_rule(book, SECTORS, method or book.text("council.seats_method"))
        return plan_seats(lines, total, rule, place.level)
    except Unusable as wrong:
        raise Refused(wrong.chinese, field="plan") from None


def planned(row: Constituency) -> Planned:
    """A constituency as a line of the plan."""
    return Planned(
        row.name, row.sector, row.weight, row.seats, row.sends.code if row.sends else "", str(row.unit_id or "")
    )


def _senders(place: Place, lines: Sequence[Planned]) -> dict[str, Place | None]:
    """The places that send representatives, by their codes; each lies directly below."""
    codes = {line.sends for line in lines if line.sends}
    found: dict[str, Place | None] = {one.code: one for one in place.children.filter(code__in=codes)}
    if strange := sorted(codes - set(found)):
        words = {"codes": "、".join(strange), "place": place.name}
        raise Refused(_("%(codes)s不在%(place)s下面，不能作推选单位。") % words, field="plan")
    return {"": None, **found}


def _units(place: Place, lines: Sequence[Planned]) -> dict[str, Organisation | None]:
    """The units whose seats these are, by their keys; each is on file here or above."""
    keys = {line.unit for line in lines if line.unit}
    found: dict[str, Organisation | None] = {str(one.pk): one for one in units_here(place) if str(one.pk) in keys}
    if keys - set(found):
        raise Refused(_("推派的单位不在组织登记里，或已经停用。请先在组织登记里登记，再选它。"), field="plan")
    if both := [line.name for line in lines if line.unit and line.sends]:
        raise Refused(
            _("%(names)s或者由下级推派，或者由单位推派，只选一样。") % {"names": "、".join(both)}, field="plan"
        )
    return {"": None, **found}


def _fields(line: Planned) -> dict[str, str | int]:
    return {"name": line.name, "sector": line.sector, "weight": line.weight}
