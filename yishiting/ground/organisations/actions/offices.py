"""Offices: who holds what, from when until when."""

from datetime import date
from typing import Annotated, Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.accounts.queries import staff_matching
from yishiting.ground.common.days import said
from yishiting.ground.common.parameters import A, Day, OneOf, Ref, Text, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.organisations.models import Appointment, Office, Organisation
from yishiting.ground.organisations.permissions import MAY
from yishiting.ground.organisations.rules import office_fits
from yishiting.ground.places.models import Place
from yishiting.ground.places.queries import find_places

ADMINISTRATION = "由安全管理员在自己的页面办理，要用动态码。"


def _staff(_thing: Any) -> QuerySet[Person]:
    return Person.objects.filter(is_staff_member=True, is_active=True).order_by("login")


def _organisations_in_use(_thing: Any) -> QuerySet[Organisation]:
    in_use = Q(valid_to__isnull=True) | Q(valid_to__gt=timezone.localdate())
    return Organisation.objects.filter(in_use).select_related("place")


WHO = Ref(
    _("谁"),
    lambda _thing: Person.objects.all(),
    hint=_("写姓名、登录名或手机号。要先由系统管理员开通账号。"),
    called=lambda one: f"{one.name}（{one.login}）",
    offered=_staff,
    find=lambda rows, words: rows.filter(pk__in=staff_matching(words).values("pk")),
)


def _of_this_level(thing: Place | Appointment) -> list[Office]:
    level = (thing if isinstance(thing, Place) else thing.place).level
    return [office for office in Office if office_fits(office, level)]


OFFICE = OneOf(_("担任什么职务"), Office, shown=_of_this_level)
WHERE = Ref(
    _("在哪里"),
    lambda _thing: Place.objects.all(),
    hint=_("写区、街乡或社区的名称，也可以只写拼音首字母。"),
    find=lambda rows, words: rows.filter(pk__in=find_places(words).values("pk")),
)
FOR_WHOM = Ref(
    _("代表哪个组织"),
    lambda _thing: Organisation.objects.all(),
    hint=_("承办单位经办人要写明是哪个单位。"),
    called=lambda one: f"{one.place.name} {one.name}",
    offered=_organisations_in_use,
    find=lambda rows, words: rows.filter(name__contains=words),
)
LAST_DAY = _("最后一天")
LAST_DAY_MEANS = _("这一天还可以办理，第二天起不能。")


def _in_office(appointment: Appointment) -> Sentence | None:
    return _("已经登记离任。日期登记错了，请办理“更正任职”。") if appointment.until else None


@verb(
    "appointment.make",
    _("任职"),
    MAY,
    done=lambda made: _("%(who)s已任%(office)s。") % {"who": made.person, "office": made.get_office_display()},
    by_page=ADMINISTRATION,
)
def appoint(
    place: Place,
    *,
    by: Actor,
    person: Annotated[A[Person], WHO],
    office: Annotated[Office, OFFICE],
    since: Annotated[date, Day(_("任职日期"), initial=lambda _place: timezone.localdate())],
    organisation: Annotated[Organisation | None, FOR_WHOM] = None,
) -> Appointment:
    """Give a person an office at a place from a day."""
    _must_fit(person, office, place)
    appointment = Appointment(place=place, person=person, office=office, since=since, organisation=organisation)
    _keep(appointment)
    write_entry(appointment, private={"person": str(person.pk)}, office=str(office), since=since.isoformat())
    return appointment


@verb(
    "appointment.end",
    _("离任"),
    MAY,
    done=_("离任已登记。"),
    kind="danger",
    conditions=(_in_office,),
    by_page=ADMINISTRATION,
)
def end_appointment(
    appointment: Appointment,
    *,
    by: Actor,
    until: Annotated[date, Day(LAST_DAY, hint=LAST_DAY_MEANS, initial=lambda _one: timezone.localdate())],
    reason: Annotated[str, line(_("原因"), most=200, hint=_("例如：换届、调离、退休。"))],
) -> Appointment:
    """End an office on a day, with the reason."""
    _must_be_in_order(appointment.since, until)
    appointment.until = until
    appointment.save(update_fields=["until"])
    write_entry(appointment, private={"reason": reason}, until=until.isoformat())
    return appointment


@verb(
    "appointment.correct",
    _("更正任职"),
    MAY,
    before=_("只用来改登记错的内容；真的换了人、换了职务，请登记离任，再登记任职。"),
    done=_("任职已更正，原来的登记留在记录里。"),
    by_page=ADMINISTRATION,
)
def correct_appointment(
    appointment: Appointment,
    *,
    by: Actor,
    person: Annotated[A[Person], WHO],
    office: Annotated[Office, OFFICE],
    place: Annotated[A[Place], WHERE],
    since: Annotated[date, Day(_("任职日期"))],
    reason: Annotated[str, Text(_("更正原因"), rows=2, most=400, hint=_("例如：登记时选错了人。"))],
    until: Annotated[date | None, Day(LAST_DAY, hint=_("还在任就不填。"))] = None,
    organisation: Annotated[Organisation | None, FOR_WHOM] = None,
) -> Appointment:
    """Put right what was entered wrongly of an office, its beginning or its end; the record keeps what it was."""
    _must_fit(person, office, place)
    _must_be_in_order(since, until)
    was = {"was_person": str(appointment.person_id), "was_place": appointment.place.code}
    appointment.person, appointment.office, appointment.place = person, office, place
    appointment.since, appointment.until, appointment.organisation = since, until, organisation
    _keep(appointment)
    write_entry(
        appointment,
        private={"person": str(person.pk), "reason": reason, **was},
        office=str(office),
        since=since.isoformat(),
        until=until.isoformat() if until else "",
    )
    return appointment


def _must_fit(person: Person, office: Office, place: Place) -> None:
    """Staff with an account, none of the three administrators, and an office there is at this level."""
    if person.administration:
        words = {"who": person, "what": person.get_administration_display()}
        raise Refused(_("%(who)s是%(what)s，三员不得兼任业务职务。") % words, field="person")
    if not person.is_staff_member:
        words = {"who": person}
        raise Refused(_("%(who)s没有工作人员账号。请先请系统管理员开通，再任职。") % words, field="person")
    if not office_fits(office, place.level):
        words = {"office": Office(office).label, "level": place.get_level_display()}
        raise Refused(_("%(office)s不是%(level)s一级的职务。") % words, field="office")


def _must_be_in_order(since: date, until: date | None) -> None:
    if until is not None and until < since:
        raise Refused(_("离任日期不能早于任职日期%(day)s。") % {"day": said(since, "plain")}, field="until")


def _keep(appointment: Appointment) -> None:
    """Save it; a person holds an office at a place once."""
    try:
        with transaction.atomic():
            appointment.save()
    except IntegrityError:
        words = {"who": appointment.person, "place": appointment.place.name, "office": appointment.get_office_display()}
        raise Refused(_("%(who)s已经担任%(place)s的%(office)s。") % words, field="office") from None
    appointment.person.__dict__.pop("_offices", None)
