"""Founding the council, beginning a term, planning its seats."""

from collections.abc import Sequence
from datetime import date

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.refused import Refused, WrongState
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.organisations.models import IdentityKind
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.queries import rules_for
from yishiting.methods.errors import Unusable
from yishiting.year.councils.models import Constituency, Council, Term
from yishiting.year.councils.permissions import MAY
from yishiting.year.councils.rules import Plan, Planned, plan_seats, seat_rule
from yishiting.year.councils.states import LIFECYCLE, State

SECTORS = {kind.value: str(kind.label) for kind in IdentityKind}


@verb("council.found", "成立议事协商会", MAY)
def found_council(place: Place, *, by: Actor, purpose: str, founded_on: date | None = None) -> Council:
    """Found the standing deliberative council of a place, with its purpose."""
    if Council.objects.filter(place=place).exists():
        raise Refused(f"{place.name}已经有议事协商会，不必再成立。")
    council = Council.objects.create(place=place, purpose=purpose.strip(), founded_on=founded_on)
    write_entry(council, founded_on=founded_on.isoformat() if founded_on else "")
    return council


@verb("council.amend", "修改协商会职责", MAY)
def amend_council(council: Council, *, by: Actor, purpose: str, founded_on: date | None = None) -> Council:
    """Correct the purpose or the founding day of a council."""
    council.purpose, council.founded_on = purpose.strip(), founded_on
    council.save(update_fields=["purpose", "founded_on"])
    write_entry(council, purpose=council.purpose, founded_on=founded_on.isoformat() if founded_on else "")
    return council


@verb("term.begin", "筹备新一届", MAY)
def begin_term(council: Council, *, by: Actor, number: int | None = None) -> Term:
    """Begin preparing the next term of a council; the first one entered may carry any number."""
    last = council.terms.order_by("-number").first()
    if last is not None and last.state not in (State.SEATED, State.ENDED):
        raise Refused(f"{last}还在筹备，不能同时筹备两届。请先办完{last}。")
    following = last.number + 1 if last else number or 1
    if number is not None and number != following:
        raise Refused(f"上一届是{last}，新的一届应当是第{following}届。", field="number")
    term = Term.objects.create(council=council, place=council.place, number=following)
    write_entry(term, number=following)
    return term


@verb("term.plan_seats", "制定席位方案", MAY)
def set_seat_plan(
    term: Term, *, by: Actor, lines: Sequence[Planned], total: int | None = None, method: str = ""
) -> Term:
    """Set the constituencies of a term and their seats, computed by a named method or set by hand."""
    if term.state != State.PLANNING:
        raise WrongState(f"{term}已经开始{term.get_state_display()}，席位方案不能再改。")
    plan = computed(term.place, lines, total, method)
    term.constituencies.all().delete()
    Constituency.objects.bulk_create(
        Constituency(term=term, place=term.place, position=n, **_fields(line), seats=seats)
        for n, (line, seats) in enumerate(zip(lines, plan.seats, strict=True), start=1)
    )
    term.plan_rule = dict(plan.record)
    term.save(update_fields=["plan_rule"])
    seats_of_each = {line.name: seats for line, seats in zip(lines, plan.seats, strict=True)}
    write_entry(
        term, rules=rules_for(term.place).label, method=plan.record["method"], seats=seats_of_each, total=plan.total
    )
    return term


@verb("term.fix_seats", "通过席位方案", MAY)
def fix_seats(term: Term, *, by: Actor) -> Term:
    """Adopt the seat plan: from now on nominations are taken. A plan that breaks a rule in force is refused."""
    rows = list(term.constituencies.all())
    book = rules_for(term.place)
    plan = computed(term.place, [Planned(row.name, row.sector, row.weight, row.seats) for row in rows])
    LIFECYCLE.advance(term, "term.fix_seats", to=State.NOMINATING)
    term.rules_label = book.label
    term.save(update_fields=["state", "rules_label"])
    write_entry(term, rules=book.label, total=plan.total, constituencies=len(rows))
    return term


def computed(place: Place, lines: Sequence[Planned], total: int | None = None, method: str = "") -> Plan:
    """The plan these lines make under the rules of the place; not a verb, so that a desk may try before it decides."""
    book = rules_for(place)
    try:
        rule = seat_rule(book, SECTORS, method or book.text("council.seats_method"))
        return plan_seats(lines, total, rule)
    except Unusable as wrong:
        raise Refused(wrong.chinese, field="plan") from None


def _fields(line: Planned) -> dict[str, str | int]:
    return {"name": line.name, "sector": line.sector, "weight": line.weight}
