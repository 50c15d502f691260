"""Money in files: the district's list of what goes where, and the finance office's payments, matched row by row."""

from collections.abc import Sequence
from typing import Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishiting.ground.accounts.models import Person
from yishiting.ground.common.money import amount
from yishiting.ground.common.parameters import Files
from yishiting.ground.common.reading import read_date
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.files.preparing import prepare
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.places.models import Place
from yishiting.instruments.funds.actions.booking import BASIS
from yishiting.instruments.funds.actions.handing import can_be_handed_down, hand_down
from yishiting.instruments.funds.models import Fund
from yishiting.instruments.funds.queries import below
from yishiting.year.spending.actions.payments import pay
from yishiting.year.spending.models import Milestone, Payment, PaymentFile
from yishiting.year.spending.permissions import MAY
from yishiting.year.spending.sheets import AMOUNT, Line, Table, fen_of, off_by, read_table
from yishiting.year.spending.states import State
from yishiting.year.suggestions.grids import Unreadable

PLACE, YEAR = "地方", "年度"
#: What a list of allotments says in each row, and what a list of payments says.
ALLOTTED = (PLACE, AMOUNT)
PROJECT, CONTRACT, PART, PAYEE, DAY, VOUCHER = "项目编号", "合同编号", "第几期", "收款人", "支付日期", "凭证号"
PAID = (PROJECT, CONTRACT, PART, PAYEE, AMOUNT, DAY, VOUCHER)
LIST = Files(
    gettext_lazy("下达清单（Excel）"),
    most=1,
    hint=gettext_lazy("要有“地方”“金额（元）”两列；有“合计”一行的，和各行核对。有一行不对，整个清单都不下达。"),
    missing=gettext_lazy("请选清单文件。"),
)
PAYMENTS = Files(
    gettext_lazy("支付清单（Excel）"),
    most=1,
    hint=gettext_lazy("要有这几列：项目编号、合同编号、第几期、收款人、金额（元）、支付日期、凭证号。"),
    missing=gettext_lazy("请选支付清单文件。"),
)


def _read(files: Sequence[Any], wanted: Sequence[str], field: str) -> tuple[str, Table]:
    if not files:
        raise Refused(_("请选文件。"), field=field)
    file = prepare(files[0])
    try:
        table = read_table(file.content, wanted)
        if fault := off_by(table, _together(table)):
            raise Refused(fault, field=field)
    except Unreadable as problem:
        raise Refused(str(problem), field=field) from problem
    if not table.lines:
        raise Refused(_("文件里只有表头，没有内容。"), field=field)
    return file.name, table


def _together(table: Table) -> int:
    """What the rows come to; one that cannot be read counts as nothing and is named on its own."""
    found = 0
    for line in table.lines:
        try:
            found += fen_of(line.cells[AMOUNT])
        except Unreadable:
            continue
    return found


@verb(
    "fund.allot_many",
    gettext_lazy("按清单下达"),
    MAY,
    done=gettext_lazy("清单已全部下达。"),
    conditions=(can_be_handed_down,),
)
def allot_many(fund: Fund, *, by: Person, files: Annotated[Sequence[Any], LIST], basis: Annotated[str, BASIS]) -> Fund:
    """Hand money down to many places by a list from Excel: all of it, or nothing where one row is wrong."""
    _name, table = _read(files, ALLOTTED, "files")
    places = {name: one for one in below(fund) for name in (one.code, one.name)}
    wanted, faults = list[tuple[Place, int]](), list[str]()
    for line in table.lines:
        try:
            wanted.append(_row(fund, line, places))
        except Unreadable as problem:
            faults.append(_("第%(n)s行：%(why)s") % {"n": line.number, "why": problem})
    if faults:
        more = _("等%(n)s处") % {"n": len(faults)} if len(faults) > MOST_NAMED else ""
        raise Refused("".join(faults[:MOST_NAMED]) + more, field="files")
    for place, fen in wanted:
        hand_down(fund, place, fen, basis)
    whole = sum(fen for _place, fen in wanted)
    write_entry(fund, amount=whole, source=fund.source, year=fund.year, rows=len(wanted), private={"basis": basis})
    return fund


#: So many faulty rows are named one by one.
MOST_NAMED = 10


def _row(fund: Fund, line: Line, places: dict[str, Place]) -> tuple[Place, int]:
    place = places.get(line.cells[PLACE])
    if place is None:
        raise Unreadable(f"“{line.cells[PLACE]}”不是{fund.place.name}直接下辖的地方。")
    if (year := line.cells.get(YEAR, "")) and year != str(fund.year):
        raise Unreadable(f"清单写的是{year}年，这笔资金是{fund.year}年的。")
    return place, fen_of(line.cells[AMOUNT])


@verb(
    "payment.take_in",
    gettext_lazy("导入支付清单"),
    MAY,
    done=lambda made: (
        _("登记支付%(ok)s笔，没有对上%(not)s笔；每一行的结果在下面，可以下载退回。")
        % {"ok": made.matched, "not": made.unmatched}
    ),
)
def take_in_payments(place: Place, *, by: Person, files: Annotated[Sequence[Any], PAYMENTS]) -> PaymentFile:
    """Enter the finance office's payments from Excel; a row that matches no approved payment comes back with the reason."""
    name, table = _read(files, PAID, "files")
    lines = []
    for line in table.lines:
        ok, says = _pay_row(place, line, by)
        lines.append({"number": line.number, "cells": dict(line.cells), "ok": ok, "says": says})
    matched = sum(bool(one["ok"]) for one in lines)
    kept = PaymentFile.objects.create(
        place=place,
        name=name,
        headings=list(table.headings),
        lines=lines,
        matched=matched,
        unmatched=len(lines) - matched,
        taken_on=timezone.localdate(),
    )
    write_entry(kept, rows=len(lines), accepted=matched, rejected=kept.unmatched, private={"name": name})
    return kept


def _pay_row(place: Place, line: Line, by: Person) -> tuple[bool, str]:
    try:
        payment = _payment_of(place, line)
        pay(payment, by=by, voucher=line.cells[VOUCHER], paid_on=_day(line.cells[DAY]))
    except Unreadable as problem:
        return False, str(problem)
    except Refused as refusal:
        return False, str(refusal.sentence)
    return True, _("已登记支付")


def _day(text: str) -> Any:
    day = read_date(text.split(" ", maxsplit=1)[0], timezone.localdate())
    if day is None:
        raise Unreadable(_("支付日期看不出是哪一天。"))
    return day


def _payment_of(place: Place, line: Line) -> Payment:
    """The approved payment a row speaks of, or why there is none."""
    cells, fen = line.cells, fen_of(line.cells[AMOUNT])
    if not cells[VOUCHER]:
        raise Unreadable(_("没有写凭证号。"))
    here = Milestone.objects.filter(
        contract__project__number=cells[PROJECT], contract__place__division_path__startswith=place.division_path
    )
    if not here.exists():
        raise Unreadable(_("这里没有编号是“%(number)s”、签了合同的项目。") % {"number": cells[PROJECT]})
    rows = here.filter(contract__number=cells[CONTRACT]).select_related("contract")
    if not rows:
        raise Unreadable(_("这个项目没有编号是“%(number)s”的合同。") % {"number": cells[CONTRACT]})
    part = next((one for one in rows if str(one.position) == cells[PART].removesuffix(".0")), None)
    if part is None:
        raise Unreadable(_("这份合同没有第%(n)s期。") % {"n": cells[PART]})
    if part.contract.payee != cells[PAYEE]:
        raise Unreadable(_("收款人对不上：合同上是“%(payee)s”。") % {"payee": part.contract.payee})
    if part.fen != fen:
        raise Unreadable(_("金额对不上：这一期是%(fen)s。") % {"fen": amount(part.fen)})
    return _approved(part)


def _approved(part: Milestone) -> Payment:
    payments = list(part.payments.select_related("place", "milestone", "contract__project__place"))
    found = next((one for one in payments if one.state == State.APPROVED), None)
    if found is not None:
        return found
    if any(one.state == State.PAID for one in payments):
        raise Unreadable(_("这一期已经支付过，没有再登记。"))
    raise Unreadable(_("这一期还没有审批，先请负责人审批。"))
