"""区级办理事项: the district's matters, the one-stop list of hard ones, what waits to be taken in, and a unit's own."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.doors.lists.columns import Column, Kind, private
from yishiting.doors.lists.declared import List
from yishiting.doors.lists.filters import Choice, Days, Search
from yishiting.ground.accounts.models import Person
from yishiting.ground.organisations.permissions import reads_here
from yishiting.ground.places.models import Line
from yishiting.year.matters.choices import Difficulty, Role
from yishiting.year.matters.models import Dispatch, Matter
from yishiting.year.matters.oversight import AT_WORK, OVERSEEN, overseen_at, past_its_day
from yishiting.year.matters.permissions import handles_here, screens_here
from yishiting.year.matters.queries import all_to_take_in, in_hand_at, matters_of
from yishiting.year.matters.states import OVER, DispatchState, State

TONES: dict[str, str] = {
    **dict.fromkeys(State, "waiting"),
    State.UNDERWAY: "open",
    State.DISPATCHED: "open",
    State.PLANNED: "waiting",
    State.ANSWERED: "open",
    State.CLOSED: "done",
    State.DECLINED: "refused",
    State.SENT_BACK: "refused",
}
DISPATCH_TONES: dict[str, str] = {
    DispatchState.SENT: "waiting",
    DispatchState.COUNTERSIGNED: "open",
    DispatchState.RETURNED: "late",
    DispatchState.REPLACED: "refused",
}


def _due(matter: Matter) -> Any:
    return matter.due if matter.state not in OVER else None


def _from(matter: Matter) -> str:
    return "、".join(one.proposal.place.name for one in matter.bases.all() if one.taken_out_on is None)


MATTERS = List(
    "desk-matters",
    _("区级办理事项"),
    matters_of,
    (
        private("title", _("事项"), head=True, width=44),
        Column("number", _("编号"), width=24, sort="received_on"),
        Column("line", _("归口"), "get_line_display", width=18),
        Column("category", _("类别"), lambda one: one.category.name if one.category else "", width=16),
        Column("difficulty", _("疑难类别"), "get_difficulty_display", width=20),
        Column("places", _("报送的地方"), _from, width=30),
        Column("received_on", _("收到日期"), kind=Kind.DAY, sort="received_on"),
        Column("decided_on", _("决策日期"), kind=Kind.DAY, sort="decided_on", page=False),
        Column("due", _("期限"), _due, Kind.DUE, sort="due"),
        Column("round", _("第几次办理"), kind=Kind.NUMBER, sort="round", page=False),
        Column("state", _("状态"), kind=Kind.STATE, tones=TONES, sort="state"),
    ),
    needs=reads_here | screens_here,
    filters=(
        Search("q", _("查找"), within=("title", "number", "situation")),
        Choice("state", _("状态"), among=State),
        Choice("line", _("归口"), among=Line),
        Choice("difficulty", _("疑难类别（一站式清单）"), among=Difficulty),
        Days("received", _("收到日期"), by="received_on"),
    ),
    bulk=("opinion.ask", "matter.pass_on", "matter.dispatch"),
    counted=("state",),
    opens="desk-matter",
    empty=_("没有区级办理事项。街乡报送到区里的，由归口的区委工委“列为区级事项”。"),
)


def _days_late(matter: Matter) -> int | None:
    late = (timezone.localdate() - matter.due).days if matter.due is not None and matter.state in AT_WORK else 0
    return late if late > 0 else None


#: What of the oversight list is late: past its own day, or waiting for a countersignature beyond that.
LATE = (("yes", _("已超期")), ("no", _("没有超期")))


def _late_or_not(rows: Any, value: str) -> Any:
    late = past_its_day(timezone.localdate())
    return rows.filter(late) if value == "yes" else rows.exclude(late)


OVERSIGHT = List(
    "desk-oversight",
    _("督查清单"),
    overseen_at,
    (
        private("title", _("事项"), head=True, width=44),
        Column("number", _("编号"), width=24),
        Column("lead", _("主办单位"), "lead_name", sort="lead_name", width=20),
        Column("due", _("期限"), kind=Kind.DUE, sort="due"),
        Column("days_late", _("超期天数"), _days_late, kind=Kind.NUMBER, page=False),
        Column("reminded_on", _("最近督办"), kind=Kind.DAY, sort="reminded_on"),
        Column("round", _("第几次办理"), kind=Kind.NUMBER, sort="round", page=False),
        Column("state", _("状态"), kind=Kind.STATE, tones=TONES, sort="state"),
    ),
    needs=reads_here,
    filters=(
        Search("q", _("查找"), within=("title", "number")),
        Choice("late", _("超期"), among=LATE, by=_late_or_not),
        Choice("state", _("状态"), among=[(one, State(one).label) for one in OVERSEEN]),
        Choice("line", _("归口"), among=Line),
    ),
    bulk=("matter.remind",),
    opens="desk-matter",
    empty=_("没有列入督查的事项。区委常委会决策以后，事项自动列入。"),
)

TO_TAKE_IN = List(
    "desk-to-take-in",
    _("街乡报送、等区里研究的建议案"),
    all_to_take_in,
    (
        private("title", _("案由"), head=True, width=44),
        Column("number", _("编号"), width=26),
        Column("place", _("报送的地方"), "place.name", sort="place__code", width=18),
        Column("line", _("归口"), "place.get_line_display", width=18),
        Column("reported_on", _("报送日期"), kind=Kind.DAY, sort="reported_on"),
        Column("answer_by", _("答复期限"), kind=Kind.DUE, sort="answer_by"),
    ),
    needs=reads_here | screens_here,
    filters=(
        Search("q", _("查找"), within=("title", "number")),
        Choice("line", _("归口"), among=Line, by="place__line"),
    ),
    opens="desk-proposal",
    empty=_("没有等区里研究的建议案。"),
)


def _rows(actor: Any) -> Any:
    return in_hand_at(actor) if isinstance(actor, Person) else Dispatch.objects.none()


IN_HAND = List(
    "desk-in-hand",
    _("分派给本单位的区级事项"),
    _rows,
    (
        private("title", _("事项"), "matter.title", head=True, width=44),
        Column("number", _("编号"), "matter.number", width=24),
        Column("role", _("主办或协办"), "get_role_display"),
        Column("sent_on", _("分派日期"), kind=Kind.DAY, sort="sent_on"),
        Column(
            "sign_by",
            _("会签期限"),
            lambda one: one.due if one.state == DispatchState.SENT else None,
            Kind.DUE,
            sort="due",
        ),
        Column("due", _("办理期限"), lambda one: _due(one.matter), Kind.DUE, sort="matter__due"),
        Column("stands", _("事项状态"), "matter.get_state_display"),
        Column("state", _("会签"), kind=Kind.STATE, tones=DISPATCH_TONES, sort="state"),
    ),
    of=None,
    needs=handles_here,
    filters=(
        Search("q", _("查找"), within=("matter__title", "matter__number")),
        Choice("state", _("会签"), among=DispatchState),
        Choice("role", _("主办或协办"), among=Role),
    ),
    opens=lambda one: reverse("desk-matter", args=[one.matter_id]),
    empty=_("没有分派给本单位的区级事项。"),
)
