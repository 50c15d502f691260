"""The cast of the demo comes in: accounts and offices."""

from datetime import date

from django.utils import timezone

from yishiting.doors.common.stage import CAST, Part
from yishiting.ground.accounts.actors import Operator
from yishiting.ground.accounts.models import Person
from yishiting.ground.entrance.actions import open_account, publish_privacy_notice
from yishiting.ground.entrance.models import PrivacyNotice
from yishiting.ground.entrance.rules import first_notice
from yishiting.ground.organisations.actions import appoint
from yishiting.ground.places.models import Place

PRIVACY = first_notice("枣营北里社区（演示）", "这里是演示，没有真实的联系方式")


def gather(today: date) -> dict[str, Person]:
    """Open the accounts and give the offices. Nobody has a password that is known: the demo lets one in by button."""
    if not PrivacyNotice.objects.exists():
        publish_privacy_notice(PRIVACY, by=Operator(), in_force_from=date(today.year - 1, 1, 1))
    return {part.login: _one(part, date(today.year - 2, 1, 1)) for part in CAST}


def _one(part: Part, since: date) -> Person:
    if part.office or part.administration:
        person, _password = open_account(
            part.login, by=Operator(), name=part.name, phone=part.phone, administration=part.administration
        )
    else:
        person = Person(login=part.login, name=part.name)
        person.set_phone(part.phone)
        person.set_unusable_password()
    person.password_changed_at = person.totp_confirmed_at = timezone.now()
    person.save()
    if part.office:
        place = Place.objects.filter(code=part.code).first()
        if place is not None:
            appoint(place, by=Operator(), person=person, office=part.office, since=since)
    return person
