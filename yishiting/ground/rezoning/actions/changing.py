"""Places change in law: each change has a day of effect and rests on a paper; what it does is in `taking_effect`."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, TypedDict, Unpack

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.days import said
from yishiting.ground.common.parameters import A, Day, OneOf, Ref, Refs, Text, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import PLAIN, Listed, write_entry
from yishiting.ground.places.models import MAKING, ChangeKind, Estate, Kind, Level, Place, PlaceChange
from yishiting.ground.places.queries import find_places
from yishiting.ground.places.states import LIFECYCLE, State
from yishiting.ground.rezoning.actions.taking_effect import put_in_force, take_back
from yishiting.ground.rezoning.actions.telling import tell_of
from yishiting.ground.rezoning.permissions import MAY

#: A code of the national statistics: six digits for a district, three more for each level below it.
CODE_LENGTHS = {Level.DISTRICT: 6, Level.SUBDISTRICT: 9, Level.COMMUNITY: 12}
NEW_NAME = line(
    _("新名称"),
    most=60,
    hint=_("写全称，例如：枣营北里社区。以前的文书、公示和编号仍用当时的名称。"),
    initial=lambda place: place.name,
    missing=_("请写明新名称。"),
)
CODE = line(_("区划代码"), most=12, hint=_("社区（村）12位，街乡9位，以民政、统计部门公布的为准。"))
PAPER = line(
    _("依据文号"),
    most=80,
    hint=_("批准这项变动的文件，例如：京朝政发〔2026〕12号。"),
    missing=_("请写明依据的文件，没有文件不能变动区划。"),
)


class Rests(TypedDict):
    """What every change is asked: its day and its paper."""

    takes_effect: Annotated[
        date,
        Day(
            _("生效日期"),
            hint=_("按文件写明的日期。还没到的，到那天自动生效。"),
            initial=lambda _place: timezone.localdate(),
        ),
    ]
    document: Annotated[str, PAPER]


def _is_there(place: Place) -> Sentence | None:
    if place.run_by_id is None:
        return None
    words = {"place": place.name, "day": said(place.valid_to, "plain") if place.valid_to else ""}
    return _("%(place)s已于%(day)s停用，不能再变动。登记错了的，请撤销那项变动。") % words


def _below_the_district(place: Place) -> Sentence | None:
    return None if place.parent_id else _("区的变动不在这里办理。")


def _a_village(place: Place) -> Sentence | None:
    return None if place.kind == Kind.VILLAGE else _("只有村可以撤村建居。")


def _a_community(place: Place) -> Sentence | None:
    return None if place.level == Level.COMMUNITY else _("只有社区（村）可以划归另一个街乡，或析出一部分。")


def _has_a_level_below(place: Place) -> Sentence | None:
    return None if place.level != Level.COMMUNITY else _("社区（村）下面不再设区划。")


def _beside(place: Place) -> "QuerySet[Place]":
    rows = Place.objects.there_on(timezone.localdate()).filter(level=place.level)
    return rows.exclude(pk=place.pk).select_related("parent")


def _other_streets(place: Place) -> "QuerySet[Place]":
    rows = Place.objects.there_on(timezone.localdate()).filter(level=Level.SUBDISTRICT)
    return rows.exclude(pk=place.parent_id or 0)


def _found(rows: "QuerySet[Place]", words: str) -> "QuerySet[Place]":
    return rows.filter(pk__in=find_places(words).values("pk"))


def _estates(place: Place) -> "QuerySet[Estate]":
    return place.estates.all()


INTO = Ref(
    _("并入哪里"),
    _beside,
    find=_found,
    key="code",
    hint=_("未办完的建议、项目、案卷和在册的组织由它接着办。"),
    missing=_("请写明并入哪里。"),
)
UNDER = Ref(_("划归哪个街乡"), _other_streets, key="code", missing=_("请选划归哪个街乡。"))


def _registered(change: PlaceChange) -> Sentence:
    if change.state == State.IN_FORCE:
        return _("已登记，已经生效。")
    return _("已登记，%(day)s起生效。") % {"day": said(change.takes_effect, "plain")}


@verb("place.rename", _("更名"), MAY, done=_registered, conditions=(_is_there,), holds=("place",))
def rename_place(place: Place, *, by: Actor, name: Annotated[str, NEW_NAME], **rests: Unpack[Rests]) -> PlaceChange:
    """Give a place another name from a day on; papers, numbers and the record keep the name of their day."""
    if name == place.name:
        raise Refused(_("新名称和现在的一样。"), field="name")
    _must_be_free(name, place)
    return _register(place, by, ChangeKind.RENAMED, rests, name=name)


@verb(
    "place.merge",
    _("并入另一个"),
    MAY,
    before=_(
        "生效以后，这里不再受理新的事。未办完的由并入的地方接着办，受理号不变；这里的书记、主任离任，其他人员转到并入的地方。"
    ),
    done=_registered,
    kind="danger",
    conditions=(_is_there, _below_the_district),
    holds=("place", "into"),
)
def merge_place(
    place: Place,
    *,
    by: Actor,
    into: Annotated[A[Place], INTO],
    **rests: Unpack[Rests],
) -> PlaceChange:
    """Merge a place into another of its level, which goes on with everything that is open."""
    return _register(place, by, ChangeKind.MERGED, rests, successor=into)


@verb(
    "place.close",
    _("撤销，没有承接地"),
    MAY,
    before=_(
        "只用于撤销以后没有哪个地方承接的；并入别处的，请办“并入另一个”。生效以后，未办完的事由上一级接着办，这里的人员都离任。"
    ),
    done=_registered,
    kind="danger",
    conditions=(_is_there, _below_the_district),
    holds=("place",),
)
def close_place(place: Place, *, by: Actor, **rests: Unpack[Rests]) -> PlaceChange:
    """Close a place that has no successor: what is open waits on the home of the level above."""
    if place.children.there_on(timezone.localdate()).exists():
        raise Refused(_("%(place)s下面还有社区（村）。请先把它们划归别的街乡。") % {"place": place.name})
    return _register(place, by, ChangeKind.CLOSED, rests, successor=place.parent)


@verb("place.move", _("划归另一个街乡"), MAY, done=_registered, conditions=(_is_there, _a_community), holds=("place",))
def move_place(
    place: Place,
    *,
    by: Actor,
    under: Annotated[A[Place], UNDER],
    **rests: Unpack[Rests],
) -> PlaceChange:
    """Put a community or a village under another subdistrict or township."""
    return _register(place, by, ChangeKind.MOVED, rests, successor=under)


@verb(
    "place.become_community",
    _("撤村建居"),
    MAY,
    before=_("生效以后，这里按社区办理：居民委员会、居民代表会议。原来的村议事协商会任期照旧，换届按社区的规则。"),
    done=_registered,
    conditions=(_a_village, _is_there),
    holds=("place",),
)
def become_community(place: Place, *, by: Actor, name: Annotated[str, NEW_NAME], **rests: Unpack[Rests]) -> PlaceChange:
    """Make a village a community (撤村建居), as a rule under another name."""
    _must_be_free(name, place)
    return _register(place, by, ChangeKind.BECAME_COMMUNITY, rests, name=name, kind_after=Kind.COMMUNITY)


@verb(
    "place.split_off",
    _("析出一个新的"),
    MAY,
    before=_("原来的地方继续存在，未办完的事仍由它办完；新的地方从生效之日起受理。"),
    done=_registered,
    conditions=(_is_there, _a_community),
    holds=("place",),
)
def split_off(
    place: Place,
    *,
    by: Actor,
    name: Annotated[str, line(_("新设的名称"), most=60, missing=_("请写明新设的名称。"))],
    code: Annotated[str, CODE],
    estates: Annotated[Sequence[Estate], Refs(_("哪些小区楼院划过去"), _estates)] = (),
    **rests: Unpack[Rests],
) -> PlaceChange:
    """Make a new place beside this one out of a part of it, with its estates."""
    _must_be_new(name, code, place.level)
    names = [one.name for one in estates]
    return _register(place, by, ChangeKind.SPLIT_OFF, rests, name=name, code=code, kind_after=place.kind, estates=names)


def _kinds_below(place: Place) -> list[Kind]:
    return [Kind.COMMUNITY, Kind.VILLAGE] if place.level == Level.SUBDISTRICT else [Kind.SUBDISTRICT, Kind.TOWNSHIP]


@verb(
    "place.found",
    _("设立下级区划"),
    MAY,
    done=_registered,
    conditions=(_is_there, _has_a_level_below),
    holds=("place",),
)
def found_place(
    place: Place,
    *,
    by: Actor,
    name: Annotated[str, line(_("新设的名称"), most=60, missing=_("请写明新设的名称。"))],
    code: Annotated[str, CODE],
    kind: Annotated[Kind, OneOf(_("类别"), Kind, shown=_kinds_below)],
    **rests: Unpack[Rests],
) -> PlaceChange:
    """Found a new community, village, subdistrict or township under a place."""
    if kind not in _kinds_below(place):
        raise Refused(
            _("%(place)s下面不能设%(kind)s。") % {"place": place.name, "kind": Kind(kind).label}, field="kind"
        )
    _must_be_new(name, code, Level.COMMUNITY if place.level == Level.SUBDISTRICT else Level.SUBDISTRICT)
    return _register(place, by, ChangeKind.FOUNDED, rests, name=name, code=code, kind_after=kind)


@verb("place_change.take_effect", _("变动生效"), MAY, done=_("已经生效。"))
def take_effect(change: PlaceChange, *, by: Actor) -> PlaceChange:
    """Put a registered change in force once its day has come; the daily command does it by itself."""
    LIFECYCLE.advance(change, "place_change.take_effect")
    _now(change)
    change.save()
    write_entry(change, change=change.kind, place=change.place.code, takes_effect=change.takes_effect.isoformat())
    tell_of(change)
    return change


@verb("place_change.amend", _("更正依据文号"), MAY, done=_("已更正，原来写的留在记录里。"))
def amend_change(change: PlaceChange, *, by: Actor, document: Annotated[str, PAPER]) -> PlaceChange:
    """Put right the number of the paper that a change rests on."""
    change.document = document
    change.save(update_fields=["document"])
    write_entry(change, place=change.place.code, **_paper(document))
    return change


@verb(
    "place_change.withdraw",
    _("撤销这项变动"),
    MAY,
    before=_("只用于登记错了。还没生效的，不再生效；已经生效的，恢复原来的名称、隶属和人员。"),
    done=_("已撤销。"),
    kind="danger",
)
def withdraw_change(
    change: PlaceChange, *, by: Actor, reason: Annotated[str, Text(_("撤销原因"), rows=2, most=400)]
) -> PlaceChange:
    """Take back a change that was entered wrongly; what it did is undone."""
    if change.state == State.IN_FORCE:
        take_back(change)
    LIFECYCLE.advance(change, "place_change.withdraw")
    change.save(update_fields=["state"])
    write_entry(change, change=change.kind, place=change.place.code, private={"reason": reason})
    tell_of(change)
    return change


def _register(place: Place, by: Actor, kind: ChangeKind, rests: Rests, **more: Any) -> PlaceChange:
    """Keep the change with what was before it; put it in force where its day has come."""
    same = PlaceChange.objects.filter(place=place, kind=kind, state=State.WAITING, code=more.get("code", ""))
    if same.exists():
        raise Refused(_("这里已经登记了同样的变动，还没有生效。要改的，请先撤销那一项。"))
    change = PlaceChange(
        place=place,
        kind=kind,
        name_before=place.name,
        short_name_before=place.short_name,
        kind_before=place.kind,
        parent_before=place.parent,
        **rests,
        **more,
    )
    if change.takes_effect <= timezone.localdate():
        change.state = State.IN_FORCE
        _now(change)
    change.save(force_insert=True)
    write_entry(change, **_facts(change))
    tell_of(change)
    return change


def _now(change: PlaceChange) -> None:
    today = timezone.localdate()
    if change.takes_effect > today:
        raise Refused(_("%(day)s才生效，到那天自动办理。") % {"day": said(change.takes_effect, "plain")})
    if change.kind not in MAKING and (sentence := _is_there(change.place)) is not None:
        raise Refused(sentence)
    change.applied_on = today
    put_in_force(change)


def _facts(change: PlaceChange) -> dict[str, Any]:
    successor = change.successor if change.kind not in MAKING else None
    return {
        "change": change.kind,
        "place": change.place.code,
        "takes_effect": change.takes_effect.isoformat(),
        "was_named": Listed(change.name_before),
        "named": Listed(change.name),
        "code": change.code,
        "successor": successor.code if successor is not None else "",
        **_paper(change.document),
    }


def _paper(document: str) -> dict[str, Any]:
    """The number of a paper is a fact; words beside it are not."""
    return {"document": document} if PLAIN.fullmatch(document) else {"private": {"document": document}}


def _must_be_free(name: str, place: Place) -> None:
    rows = Place.objects.there_on(timezone.localdate()).filter(name=name, parent=place.parent_id)
    if rows.exclude(pk=place.pk).exists():
        raise Refused(_("同一个街乡里已经有“%(name)s”。") % {"name": name}, field="name")


def _must_be_new(name: str, code: str, level: str) -> None:
    wanted = CODE_LENGTHS[Level(level)]
    if not code.isascii() or not code.isdecimal() or len(code) != wanted:
        raise Refused(_("这一级的区划代码是%(n)s位数字。") % {"n": wanted}, field="code")
    if Place.objects.filter(code=code).exists() or _waits_for(code):
        raise Refused(_("区划代码%(code)s已经有了。请核对代码。") % {"code": code}, field="code")


def _waits_for(code: str) -> bool:
    return PlaceChange.objects.filter(code=code, state=State.WAITING).exists()
