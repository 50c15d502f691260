"""The residents' representative assembly: who is entitled, who came, who counts."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.names import read_roll
from yishiting.ground.common.parameters import Day, Lines, Text, line
from yishiting.ground.common.people_parameters import Name, Names
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.methods.errors import Unusable
from yishiting.year.councils import rules
from yishiting.year.councils.models import Assembly, ByElection, Term
from yishiting.year.councils.permissions import MAY
from yishiting.year.councils.queries import Whole, candidates_of, term_of
from yishiting.year.councils.states import CandidateState

TELLER_ROLES = {
    "chief": _("总监票人"),
    "watcher": _("监票人"),
    "counter": _("计票人"),
    "caller": _("唱票人"),
    "writer": _("代书人"),
}
MOST_VOTERS = 5000
LONGEST_ROLL = 200_000


def _last(whole: Whole) -> Assembly | None:
    return Assembly.objects.filter(place=whole.place).first()


def _last_venue(whole: Whole) -> str:
    last = _last(whole)
    return last.venue if last else ""


def _last_roll(whole: Whole) -> str:
    last = _last(whole)
    return "\n".join(f"{one['name']} {one['unit']}".strip() for one in last.voters) if last else ""


HELD_ON = Day(_("会议日期"), initial=lambda _whole: timezone.localdate())
VENUE = line(_("地点"), most=80, hint=_("例如：社区活动室"), initial=_last_venue)
CHAIR = Name(_("主持人"))
RECORDER = Name(_("记录人"))
ROLL = Text(
    _("应到名册"),
    rows=10,
    most=LONGEST_ROLL,
    hint=_("每行一人：姓名、空格、楼院。可以从表格里复制粘贴。"),
    initial=_last_roll,
)
CONVENED = _("名册已登记。开会时请登记到会。")


@verb("assembly.convene", _("召集居民代表会议"), MAY, done=CONVENED)
def convene_assembly(
    term: Term,
    *,
    by: Actor,
    held_on: Annotated[date, HELD_ON],
    venue: Annotated[str, VENUE],
    chair: Annotated[str, CHAIR] = "",
    recorder: Annotated[str, RECORDER] = "",
    roll: Annotated[str, ROLL],
) -> Assembly:
    """Write down who is entitled to vote on an election day, and where and when they meet."""
    return _convene(term, roll, held_on=held_on, venue=venue, chair=chair, recorder=recorder)


@verb("by_election.convene_assembly", _("召集补选的居民代表会议"), MAY, done=CONVENED)
def convene_by_election(
    by_election: ByElection,
    *,
    by: Actor,
    held_on: Annotated[date, HELD_ON],
    venue: Annotated[str, VENUE],
    chair: Annotated[str, CHAIR] = "",
    recorder: Annotated[str, RECORDER] = "",
    roll: Annotated[str, ROLL],
) -> Assembly:
    """Write down who is entitled to vote in a by-election, and where and when they meet."""
    return _convene(by_election, roll, held_on=held_on, venue=venue, chair=chair, recorder=recorder)


def _convene(whole: Whole, roll: str, **held: Any) -> Assembly:
    try:
        people = read_roll(roll)
    except Unusable as wrong:
        raise Refused(wrong.chinese, field="roll") from None
    assembly = Assembly.objects.create(
        term=term_of(whole),
        by_election=whole if isinstance(whole, ByElection) else None,
        place=whole.place,
        voters=[
            {"key": str(n), "name": name, "unit": unit, "present": False}
            for n, (name, unit) in enumerate(people, start=1)
        ],
        **held,
    )
    day = assembly.held_on.isoformat()
    write_entry(assembly, held_on=day, entitled=len(people), private={"roll": roll})
    return assembly


PRESENT = Lines(_("到会的人"), hint=_("应到名册里的序号。"), most=MOST_VOTERS)


@verb("assembly.sign_in", _("登记到会"), MAY, done=_("到会已登记。"))
def sign_in_voters(assembly: Assembly, *, by: Actor, present: Annotated[Sequence[str], PRESENT] = ()) -> Assembly:
    """Note who of the entitled has come."""
    came = set(present)
    if strange := came - {voter["key"] for voter in assembly.voters}:
        said = {"keys": "、".join(sorted(strange))}
        raise Refused(_("名册里没有这些序号：%(keys)s。请核对应到名册。") % said, field="present")
    assembly.voters = [{**voter, "present": voter["key"] in came} for voter in assembly.voters]
    assembly.save(update_fields=["voters"])
    write_entry(assembly, entitled=len(assembly.voters), present=assembly.present)
    return assembly


def _named(role: str, **more: Any) -> Names:
    """The names of those with this part, as they are named already."""
    return Names(TELLER_ROLES[role], most=20, initial=lambda one: one.tellers.get(role, []), **more)


@verb("assembly.appoint_tellers", _("推定监票计票人员"), MAY, done=_("监票计票人员已登记。"))
def appoint_tellers(
    assembly: Assembly,
    *,
    by: Actor,
    chief: Annotated[Sequence[str], _named("chief")] = (),
    watcher: Annotated[
        Sequence[str],
        _named("watcher", hint=_("几个人之间用空格或顿号隔开。候选人不能担任。"), missing=_("还没有推定监票人。")),
    ],
    counter: Annotated[Sequence[str], _named("counter", missing=_("还没有推定计票人。"))],
    caller: Annotated[Sequence[str], _named("caller")] = (),
    writer: Annotated[Sequence[str], _named("writer")] = (),
) -> Assembly:
    """Appoint those who watch, call and count the votes; no candidate may be among them."""
    named = {"chief": chief, "watcher": watcher, "counter": counter, "caller": caller, "writer": writer}
    _refuse_candidates(assembly, named)
    assembly.tellers = {role: list(names) for role, names in named.items()}
    assembly.save(update_fields=["tellers"])
    write_entry(
        assembly,
        tellers={role: len(names) for role, names in named.items()},
        private={"tellers": str(assembly.tellers)},
    )
    return assembly


def _refuse_candidates(assembly: Assembly, named: Mapping[str, Sequence[str]]) -> None:
    standing = candidates_of(assembly.whole).filter(state=CandidateState.QUALIFIED).values_list("name", flat=True)
    both = rules.candidates_standing_as_tellers([n for names in named.values() for n in names], standing)
    if both:
        sentence = _("%(who)s是候选人，不能监票、计票、唱票或代书。请换人；确是同名的另一人，请在姓名后注明楼号。")
        raise Refused(sentence % {"who": "、".join(both)}, field="watcher")
