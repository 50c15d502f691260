"""Which sectors of the composition somebody comes from; what to do where the rules name one and nobody does."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.parameters import Day, OneOf, SomeOf, Text
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.organisations.models import IdentityKind
from yishiting.ground.places.models import Place
from yishiting.ground.seasons.queries import rules_for
from yishiting.year.councils.models import Candidate, Identity, Representative, Term
from yishiting.year.councils.permissions import MAY
from yishiting.year.councils.queries import sectors_elected, sectors_missing

FROM = Day(_("从哪一天起"), hint=_("不填就从就任那天起。"), initial=lambda _thing: None)
UNTIL = Day(_("到哪一天止"), hint=_("还没有期限的不填。"))


def in_words(kinds: Iterable[str]) -> str:
    """Sectors by their names."""
    return "、".join(str(IdentityKind(kind).label) for kind in kinds)


def why_not_every_sector(term: Term) -> Sentence | None:
    """None when somebody elected comes from each sector the rules demand."""
    missing, _advised = sectors_missing(term.place, sectors_elected(term))
    if not missing:
        return None
    sentence = _(
        "当选人中没有%(sectors)s方面的代表，不能就任（%(rule)s）。当选人有这样身份的，请先“核实候选人身份”；"
        "没有的，请“重新开放提名”，选出这一方面的代表。"
    )
    return sentence % {"sectors": in_words(missing), "rule": _rule(term.place)}


def why_not_entered(place: Place, present: Iterable[str]) -> Sentence | None:
    """None when a roster that is entered has a seat for each sector the rules demand, be it vacant."""
    missing, _advised = sectors_missing(place, present)
    if not missing:
        return None
    sentence = _(
        "名册里没有%(sectors)s方面（%(rule)s）。有这一方面代表的，请补一行，或在“其他身份”里写上；"
        "席位空着的，写一行，姓名写“空缺”，确认以后补选。"
    )
    return sentence % {"sectors": in_words(missing), "rule": _rule(place)}


def advice(place: Place, present: Iterable[str]) -> Sentence:
    """The sectors nobody comes from, each with its rule; empty where there is somebody from every one."""
    missing, advised = sectors_missing(place, present)
    said = []
    if missing:
        rule = {"sectors": in_words(missing), "rule": _rule(place)}
        said.append(str(_("没有%(sectors)s方面的代表，按规则必须有（%(rule)s）。") % rule))
    if advised:
        rule = {"sectors": in_words(advised), "rule": rules_for(place).sentence("council.sectors")}
        said.append(str(_("没有%(sectors)s方面的代表。规则提倡各方面都有（%(rule)s）。") % rule))
    return "".join(said)


def _rule(place: Place) -> str:
    return rules_for(place).sentence("council.required_sectors")


IDENTITIES = SomeOf(
    _("核实后，还具有哪些身份"), IdentityKind, hint=_("除所在推选单位的方面以外，有几种勾几种。就任时随席位登记。")
)


@verb("candidate.note_identities", _("核实候选人身份"), MAY, done=_("身份已核实，就任时随席位登记。"))
def note_identities(candidate: Candidate, *, by: Actor, identities: Annotated[Sequence[str], IDENTITIES]) -> Candidate:
    """Note, once looked at, to which sectors somebody who stands or is elected belongs besides that of the seat."""
    candidate.identities = list(identities)
    candidate.save(update_fields=["identities"])
    write_entry(candidate, private={"identities": in_words(identities)})
    return candidate


def belong_to(representative: Representative, kinds: Iterable[str]) -> None:
    """The sectors somebody belongs to when they take the seat, for as long as they hold it; verbs call it."""
    Identity.objects.bulk_create(
        Identity(
            representative=representative,
            place=representative.place,
            kind=kind,
            since=representative.since,
            until=representative.until,
        )
        for kind in dict.fromkeys(kinds)
        if kind != representative.constituency.sector
    )


@verb("identity.note", _("登记身份"), MAY, done=_("身份已登记，名册上的人数已更新。"))
def note_identity(
    representative: Representative,
    *,
    by: Actor,
    kind: Annotated[IdentityKind, OneOf(_("身份"), IdentityKind)],
    since: Annotated[date | None, FROM] = None,
    until: Annotated[date | None, UNTIL] = None,
) -> Identity:
    """Note that a representative belongs to one more sector of the composition, from when until when."""
    first = since or representative.since
    _must_be_in_order(first, until)
    identity = Identity.objects.create(
        representative=representative, place=representative.place, kind=kind, since=first, until=until
    )
    write_entry(identity, private={"representative": str(representative.pk)}, kind=str(kind), since=first.isoformat())
    return identity


@verb("identity.correct", _("更正身份"), MAY, done=_("身份已更正，名册上的人数已更新。"))
def correct_identity(
    identity: Identity,
    *,
    by: Actor,
    kind: Annotated[IdentityKind, OneOf(_("身份"), IdentityKind)],
    since: Annotated[date, Day(_("从哪一天起"))],
    reason: Annotated[str, Text(_("更正原因"), rows=2, most=400, hint=_("例如：选错了身份，或者已经不是。"))],
    until: Annotated[date | None, UNTIL] = None,
) -> Identity:
    """Put right to which sector a representative belongs, or from when until when; the record keeps what it was."""
    _must_be_in_order(since, until)
    was = {"was_kind": identity.kind}
    identity.kind, identity.since, identity.until = kind, since, until
    identity.save(update_fields=["kind", "since", "until"])
    private = {"representative": str(identity.representative_id), "reason": reason, **was}
    write_entry(identity, private=private, kind=str(kind), since=since.isoformat())
    return identity


def _must_be_in_order(since: date, until: date | None) -> None:
    if until is not None and until < since:
        raise Refused(_("终止日期不能早于起始日期。"), field="until")
