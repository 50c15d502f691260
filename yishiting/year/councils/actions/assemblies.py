"""The residents' representative assembly: who is entitled, who came, who counts."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.names import read_roll
from yishiting.ground.common.parameters import Day, Lines, Text, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.organisations.actions.naming import PastedRoll, PeopleHere, PersonHere, roll_known
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
    return Assembly.objects.standing().filter(place=whole.place).first()


def _last_venue(whole: Whole) -> str:
    last = _last(whole)
    return last.venue if last else ""


def _last_roll(whole: Whole) -> str:
    """The residents' representatives in the register, or the roll of the assembly before this one."""
    if known := roll_known(whole.place):
        return "\n".join(f"{name} {unit}".strip() for name, unit in known)
    last = _last(whole)
    return "\n".join(f"{one['name']} {one['unit']}".strip() for one in last.voters) if last else ""


HELD_ON = Day(_("会议日期"), initial=lambda _whole: timezone.localdate())
VENUE = line(_("地点"), most=80, hint=_("例如：社区活动室"), initial=_last_venue)
CHAIR = PersonHere(_("主持人"))
RECORDER = PersonHere(_("记录人"))
ROLL = PastedRoll(
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
    voters = _voters(roll)
    assembly = Assembly.objects.create(
        term=term_of(whole),
        by_election=whole if isinstance(whole, ByElection) else None,
        place=whole.place,
        voters=voters,
        **held,
    )
    day = assembly.held_on.isoformat()
    write_entry(assembly, held_on=day, entitled=len(voters), private={"roll": roll})
    return assembly


def _voters(roll: str, before: Sequence[Mapping[str, Any]] = ()) -> list[dict[str, Any]]:
    """The roll as it is kept; who has come already and who votes for whom stays."""
    try:
        people = read_roll(roll)
    except Unusable as wrong:
        raise Refused(wrong.chinese, field="roll") from None
    was, keys = {(one["name"], one["unit"]): one for one in before}, {who: str(n) for n, who in enumerate(people, 1)}
    holders = {one["key"]: keys.get((one["name"], one["unit"]), "") for one in before}
    found: list[dict[str, Any]] = []
    for who, key in keys.items():
        old = was.get(who, {})
        proxy = {"proxy": holders.get(old["proxy"], "")} if old.get("proxy") else {}
        found.append({"key": key, "name": who[0], "unit": who[1], "present": bool(old.get("present")), **proxy})
    return rules.still_stand(found)


def _stands(assembly: Assembly) -> Sentence | None:
    return (
        _("这次会议已经撤销，不用再办。要另外开会的，请“召集居民代表会议”。")
        if assembly.withdrawn_on is not None
        else None
    )


def _no_round_rests_on_it(assembly: Assembly) -> Sentence | None:
    """The names of the constituencies that have begun to vote there; None where none has."""
    prefetch_related_objects([assembly], "rounds__constituency")  # once for both verbs; locking forgets it
    begun = [str(one.constituency) for one in assembly.rounds.all()]
    if not begun:
        return None
    return _(
        "%(names)s已经在这次会议上投票，会议的日期和名册不能再改，也不能撤销。投票要重来的，请在计票页“宣布表决无效”。"
    ) % {"names": "、".join(begun)}


def _its_roll(assembly: Assembly) -> str:
    return "\n".join(f"{one['name']} {one['unit']}".strip() for one in assembly.voters)


OWN_ROLL = Text(
    _("应到名册"),
    rows=10,
    most=LONGEST_ROLL,
    hint=_("每行一人：姓名、空格、楼院。已经登记到会的人不受影响。"),
    initial=_its_roll,
)
WHY = line(_("原因"), most=200, hint=_("例如：日期写错了一天"), missing=_("请写明原因，会留痕。"))


@verb("assembly.amend", _("更正居民代表会议"), MAY, done=_("已更正。"), conditions=(_stands, _no_round_rests_on_it))
def amend_assembly(
    assembly: Assembly,
    *,
    by: Actor,
    held_on: Annotated[date | None, Day(_("会议日期"))] = None,
    venue: Annotated[str | None, line(_("地点"), most=80)] = None,
    chair: Annotated[str | None, CHAIR] = None,
    recorder: Annotated[str | None, RECORDER] = None,
    roll: Annotated[str | None, OWN_ROLL] = None,
    reason: Annotated[str, WHY],
) -> Assembly:
    """Put right the day, the place, the people or the roll of an assembly, before anybody votes there."""
    if venue == "":
        raise Refused(_("请写明地点。"), field="venue")
    given = {"held_on": held_on, "venue": venue, "chair": chair, "recorder": recorder}
    changed = [name for name, new in given.items() if new not in (None, getattr(assembly, name))]
    stood = {name: str(getattr(assembly, name)) for name in changed}
    for name in changed:
        setattr(assembly, name, given[name])
    if roll is not None and roll != _its_roll(assembly):
        stood["roll"] = _its_roll(assembly)
        assembly.voters = _voters(roll, assembly.voters)
    if not stood:
        raise Refused(_("内容没有变化，不用保存。"))
    assembly.save(update_fields=[*changed, "voters"])
    private = {"reason": reason, "before": json.dumps(stood, ensure_ascii=False)}
    day = assembly.held_on.isoformat()
    write_entry(assembly, changed=sorted(stood), held_on=day, entitled=len(assembly.voters), private=private)
    return assembly


@verb(
    "assembly.withdraw",
    _("撤销居民代表会议"),
    MAY,
    done=_("这次会议已撤销，记录还在。"),
    kind="danger",
    conditions=(_stands, _no_round_rests_on_it),
)
def withdraw_assembly(assembly: Assembly, *, by: Actor, reason: Annotated[str, WHY]) -> Assembly:
    """Take back an assembly entered by mistake, before anybody votes there; it stays on record."""
    assembly.withdrawn_on, assembly.withdraw_reason = timezone.localdate(), reason
    assembly.save(update_fields=["withdrawn_on", "withdraw_reason"])
    write_entry(assembly, held_on=assembly.held_on.isoformat(), private={"reason": reason})
    return assembly


PRESENT = Lines(_("到会的人"), hint=_("应到名册里的序号。"), most=MOST_VOTERS)


@verb("assembly.sign_in", _("登记到会"), MAY, done=_("到会已登记。"), conditions=(_stands,))
def sign_in_voters(assembly: Assembly, *, by: Actor, present: Annotated[Sequence[str], PRESENT] = ()) -> Assembly:
    """Note who of the entitled has come."""
    came = set(present)
    if strange := came - {voter["key"] for voter in assembly.voters}:
        said = {"keys": "、".join(sorted(strange))}
        raise Refused(_("名册里没有这些序号：%(keys)s。请核对应到名册。") % said, field="present")
    assembly.voters = rules.still_stand([{**voter, "present": voter["key"] in came} for voter in assembly.voters])
    assembly.save(update_fields=["voters"])
    write_entry(assembly, entitled=len(assembly.voters), present=assembly.present)
    return assembly


def _named(role: str, **more: Any) -> PeopleHere:
    """The names of those with this part, as they are named already."""
    return PeopleHere(TELLER_ROLES[role], most=20, initial=lambda one: one.tellers.get(role, []), **more)


@verb("assembly.appoint_tellers", _("推定监票计票人员"), MAY, done=_("监票计票人员已登记。"), conditions=(_stands,))
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
