"""What a change of places does on its day, and how a wrong one is taken back.

Nothing that was open in a closed place is moved away from it: it lies in its successor from then on, whose desk acts
for it. So numbers, receipts and counts by origin stay as they are.
"""

from datetime import date
from typing import Any

from django.db.models import ProtectedError, Q
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.refused import Refused
from yishiting.ground.organisations.models import Appointment, Organisation, OrganisationKind
from yishiting.ground.organisations.rules import DESKS
from yishiting.ground.places import rules
from yishiting.ground.places.models import CLOSING, ChangeKind, Estate, Place, PlaceChange
from yishiting.ground.places.states import State

#: The bodies that run a place: they end with it, the others on its register go over.
OF_THE_PLACE = (
    OrganisationKind.PARTY_ORGANISATION,
    OrganisationKind.RESIDENTS_COMMITTEE,
    OrganisationKind.SERVICE_STATION,
    OrganisationKind.SUPERVISORY_COMMITTEE,
    OrganisationKind.SUBDISTRICT_OFFICE,
    OrganisationKind.SECTION,
)


def put_in_force(change: PlaceChange) -> None:
    """Do to the places what the change says, on its `applied_on`."""
    place = change.place
    match change.kind:
        case ChangeKind.RENAMED | ChangeKind.BECAME_COMMUNITY:
            _call(place, change.name, change.kind_after or place.kind)
        case ChangeKind.MOVED:
            _put_under(place, _known(change.successor), parent=_known(change.successor))
        case ChangeKind.MERGED | ChangeKind.CLOSED:
            change.went_over = _close(change, place, _known(change.successor))
        case ChangeKind.SPLIT_OFF:
            change.successor = _made(change, _known(place.parent), place)
            change.went_over = {"estates": _move_estates(place, change.successor, change.estates)}
        case ChangeKind.FOUNDED:
            change.successor = _made(change, place, place)


def take_back(change: PlaceChange) -> None:
    """Undo what a change did; only the newest of a place is undone, so that nothing rests on it."""
    place = change.place
    later = PlaceChange.objects.filter(
        Q(applied_on__gt=change.applied_on) | Q(applied_on=change.applied_on, created_at__gt=change.created_at),
        Q(place=place) | Q(successor=place, kind__in=CLOSING),
        state=State.IN_FORCE,
    )
    if later.exists():
        raise Refused(_("后来还有别的变动，请先撤销后面的。"))
    match change.kind:
        case ChangeKind.RENAMED | ChangeKind.BECAME_COMMUNITY:
            _call(place, change.name_before, change.kind_before)
        case ChangeKind.MOVED:
            _put_under(place, _known(change.parent_before), parent=_known(change.parent_before))
        case ChangeKind.MERGED | ChangeKind.CLOSED:
            _reopen(change, place)
        case ChangeKind.SPLIT_OFF | ChangeKind.FOUNDED:
            _unmake(change)


def _known(place: Place | None) -> Place:
    if place is None:
        raise Refused(_("登记里缺少另一个区划，不能办理。请撤销后重新登记。"))
    return place


def _call(place: Place, name: str, kind: str) -> None:
    place.name, place.kind = name, kind
    place.short_name, place.initials = rules.short_name(name, place.level), rules.initials(name)
    place.save(update_fields=["name", "short_name", "initials", "kind"])


def _put_under(place: Place, where: Place, *, parent: Place) -> None:
    """The place and all that lies in it, in another place; `parent` is the one directly above by law."""
    was, there = place.division_path, f"{where.division_path}{place.code}/"
    for one in Place.objects.filter(division_path__startswith=was).exclude(pk=place.pk):
        one.division_path = there + one.division_path.removeprefix(was)
        one.save(update_fields=["division_path"])
    place.division_path, place.parent = there, parent
    place.save(update_fields=["division_path", "parent"])


def _close(change: PlaceChange, place: Place, into: Place) -> dict[str, Any]:
    """Close the place; what is left of it is run by the other one. Gives what went over, by key."""
    merged = change.kind == ChangeKind.MERGED
    children = list(place.children.filter(run_by=None)) if merged else []
    for one in children:
        _put_under(one, into, parent=into)
    former = list(place.former.all())
    for one in former:
        one.run_by = into
        one.save(update_fields=["run_by"])
    if merged:
        _put_under(place, into, parent=_known(place.parent))
    place.valid_to, place.run_by = change.takes_effect, into
    place.save(update_fields=["valid_to", "run_by"])
    return {
        "children": [one.pk for one in children],
        "former": [one.pk for one in former],
        **_staff_goes(place, into if merged else None, change.applied_on or change.takes_effect),
        **(_registers_go(place, into, change.takes_effect) if merged else {}),
    }


def _staff_goes(place: Place, into: Place | None, today: date) -> dict[str, Any]:
    """Offices here end today; all but the heads hold theirs at the successor from today, so nobody is shut out."""
    ended, made = [], []
    heads = DESKS[place.level].heads
    for one in Appointment.objects.filter(place=place, until=None):
        one.until = max(one.since, today)
        one.save(update_fields=["until"])
        ended.append(str(one.pk))
        own = {"place": into, "person_id": one.person_id, "office": one.office, "until": None}
        if into is not None and one.office not in heads and not Appointment.objects.filter(**own).exists():
            made.append(str(Appointment.objects.create(**own, since=today).pk))
    return {"ended": ended, "made": made}


def _registers_go(place: Place, into: Place, day: date) -> dict[str, Any]:
    """Organisations but the place's own bodies, and estates; one of the same name is there already and stays."""
    own = Organisation.objects.filter(place=place, kind__in=OF_THE_PLACE, valid_to=None)
    closed = [str(one.pk) for one in own]
    own.update(valid_to=day)
    taken = list(into.organisations.values_list("name", flat=True))
    others = Organisation.objects.filter(place=place).exclude(kind__in=OF_THE_PLACE).exclude(name__in=taken)
    moved = [str(one.pk) for one in others]
    Organisation.objects.filter(pk__in=moved).update(place=into)
    names = list(place.estates.values_list("name", flat=True))
    return {"closed": closed, "organisations": moved, "estates": _move_estates(place, into, names)}


def _move_estates(place: Place, to: Place, names: list[str]) -> list[int]:
    taken = set(to.estates.values_list("name", flat=True))
    keys = list(place.estates.filter(name__in=names).exclude(name__in=taken).values_list("pk", flat=True))
    Estate.objects.filter(pk__in=keys).update(place=to)
    return keys


def _made(change: PlaceChange, parent: Place, like: Place) -> Place:
    level = (
        like.level if change.kind == ChangeKind.SPLIT_OFF else {"district": "subdistrict"}.get(like.level, "community")
    )
    place = Place(code=change.code, level=level, line=like.line, parent=parent, valid_from=change.takes_effect)
    place.name, place.kind = change.name, change.kind_after
    place.short_name, place.initials = rules.short_name(place.name, level), rules.initials(place.name)
    place.division_path = f"{parent.division_path}{place.code}/"
    if place.kind == "township":
        place.line = "rural"
    place.save()
    return place


def _reopen(change: PlaceChange, place: Place) -> None:
    went, into = change.went_over, _known(change.successor)
    place.valid_to = place.run_by = None
    place.save(update_fields=["valid_to", "run_by"])
    _put_under(place, _known(change.parent_before), parent=_known(change.parent_before))
    for one in Place.objects.filter(pk__in=went.get("children", ())):
        _put_under(one, place, parent=place)
    Place.objects.filter(pk__in=went.get("former", ())).update(run_by=place)
    Appointment.objects.filter(pk__in=went.get("ended", ())).update(until=None)
    Appointment.objects.filter(pk__in=went.get("made", ())).update(until=change.applied_on)
    Organisation.objects.filter(pk__in=went.get("closed", ())).update(valid_to=None)
    Organisation.objects.filter(pk__in=went.get("organisations", ()), place=into).update(place=place)
    Estate.objects.filter(pk__in=went.get("estates", ()), place=into).update(place=place)


def _unmake(change: PlaceChange) -> None:
    """A new place nothing has happened in goes; where something has, it is merged away instead."""
    made, place = _known(change.successor), change.place
    Estate.objects.filter(pk__in=change.went_over.get("estates", ())).update(place=place)
    change.successor = None
    change.save(update_fields=["successor"])
    try:
        made.delete()
    except ProtectedError:
        words = {"place": made.name}
        raise Refused(_("%(place)s已经有了人员或事项，不能撤销。要并回去的，请办“并入另一个”。") % words) from None
