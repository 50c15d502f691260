"""Who has not come to the assembly and votes through somebody who has, on a written authority."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.names import name_key
from yishiting.ground.common.parameters import line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.row_parameters import Rows
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.seasons.queries import rules_for
from yishiting.year.councils.actions.assemblies import MOST_VOTERS
from yishiting.year.councils.models import Assembly
from yishiting.year.councils.permissions import MAY
from yishiting.year.councils.queries import candidates_of
from yishiting.year.councils.states import CandidateState

Voter = Mapping[str, Any]


def _may_be_given(assembly: Assembly) -> Sentence | None:
    if rules_for(assembly.place, assembly.held_on).number("election.proxies_max"):
        return None
    return _("本地的规则没有开放委托投票。要开放的，请先“施行规则”，写明一人最多受几人委托。")


def _no_round_yet(assembly: Assembly) -> Sentence | None:
    if assembly.withdrawn_on is not None:
        return _("这次会议已经撤销，不用再办。要另外开会的，请“召集居民代表会议”。")
    if not assembly.rounds.exists():
        return None
    return _("已经开始投票，委托不能再登记。投票要重来的，请在计票页“宣布表决无效”。")


def _standing(assembly: Assembly) -> list[dict[str, str]]:
    return [{"voter": one["key"], "holder": one["proxy"]} for one in assembly.voters if one.get("proxy")]


PROXIES = Rows(
    _("书面委托"),
    {
        "voter": line(_("委托人"), most=60, missing=_("请写委托人。")),
        "holder": line(_("受托人"), most=60, missing=_("请写受托人。")),
    },
    most=MOST_VOTERS,
    spare=5,
    hint=_("一份书面委托书写一行：委托人没有到会，受托人已经登记到会、不是候选人。写名册里的序号，或者姓名。"),
    initial=_standing,
)


@verb(
    "assembly.note_proxies",
    _("登记委托投票"),
    MAY,
    before=lambda one: (
        _("收到书面委托书的才登记。每人最多接受%(n)s人委托。登记以后，受托人代领、代填选票。")
        % {
            "n": rules_for(one.place, one.held_on).number("election.proxies_max"),
        }
    ),
    done=lambda one: _("已登记%(n)s份委托。") % {"n": one.proxies},
    conditions=(_may_be_given, _no_round_yet),
)
def note_proxies(
    assembly: Assembly, *, by: Actor, proxies: Annotated[Sequence[Mapping[str, str]], PROXIES] = ()
) -> Assembly:
    """Note who votes through whom, each on a written authority, before any round opens; all of them anew."""
    found = [_pair(assembly, n, row) for n, row in enumerate(proxies, start=1)]
    _check(assembly, found)
    holders = {voter["key"]: holder["key"] for voter, holder in found}
    assembly.voters = [
        {**one, "proxy": holders.get(one["key"], "")} if one["key"] in holders or one.get("proxy") else one
        for one in assembly.voters
    ]
    assembly.save(update_fields=["voters"])
    said = "；".join(f"{voter['name']}→{holder['name']}" for voter, holder in found)
    write_entry(assembly, proxies=assembly.proxies, private={"proxies": said} if said else None)
    return assembly


def _pair(assembly: Assembly, n: int, row: Mapping[str, str]) -> tuple[Voter, Voter]:
    return _on_the_roll(assembly, n, row["voter"]), _on_the_roll(assembly, n, row["holder"])


def _on_the_roll(assembly: Assembly, n: int, words: str) -> Voter:
    """Who is meant: by the number on the roll, or by a name that is there once."""
    found: list[Voter] = [one for one in assembly.voters if one["key"] == words.strip()]
    found = found or [one for one in assembly.voters if name_key(one["name"]) == name_key(words)]
    if len(found) == 1:
        return found[0]
    sentence = (
        _("第%(n)s行：名册里没有“%(words)s”。") if not found else _("第%(n)s行：名册里有几位“%(words)s”，请写序号。")
    )
    raise Refused(sentence % {"n": n, "words": words}, field="proxies")


def _check(assembly: Assembly, found: Sequence[tuple[Voter, Voter]]) -> None:
    """Absent who gives, present and no candidate who holds, once given, and no more than the rule allows."""
    most = rules_for(assembly.place, assembly.held_on).number("election.proxies_max")
    standing = {name_key(name) for name in _candidates(assembly)}
    given: list[str] = []
    held: list[str] = []
    for n, (voter, holder) in enumerate(found, start=1):
        if fault := _fault(voter, holder, standing, given):
            raise Refused(_("第%(n)s行：%(fault)s") % {"n": n, "fault": fault}, field="proxies")
        given.append(voter["key"])
        held.append(holder["key"])
        if held.count(holder["key"]) > most:
            sentence = _("第%(n)s行：%(name)s接受的委托超过了%(most)s人。")
            raise Refused(sentence % {"n": n, "name": holder["name"], "most": most}, field="proxies")


def _fault(voter: Voter, holder: Voter, standing: set[str], given: Sequence[str]) -> Sentence | None:
    told = {"voter": voter["name"], "holder": holder["name"]}
    if voter["present"]:
        return _("%(voter)s已经到会，自己投票，不用委托。") % told
    if not holder["present"]:
        return _("%(holder)s没有登记到会，不能受托。") % told
    if name_key(holder["name"]) in standing:
        return _("%(holder)s是候选人，不能受托。") % told
    return _("%(voter)s写了两次，一人只能委托一人。") % told if voter["key"] in given else None


def _candidates(assembly: Assembly) -> list[str]:
    return list(candidates_of(assembly.whole).filter(state=CandidateState.QUALIFIED).values_list("name", flat=True))
