"""The cast of the demo comes in: accounts and offices."""

from datetime import date

from django.utils import timezone

from yishiting.doors.common.stage import CAST, COMMUNITY, DISTRICT, NEXT_DOOR, SUBDISTRICT, THIRD, TOWNSHIP, Part
from yishiting.ground.accounts.actors import Operator
from yishiting.ground.accounts.models import Person
from yishiting.ground.entrance.actions import consent, open_account, publish_privacy_notice
from yishiting.ground.entrance.models import PrivacyNotice
from yishiting.ground.entrance.rules import first_notice
from yishiting.ground.organisations.actions import appoint, list_contacts, register_organisation
from yishiting.ground.organisations.models import Organisation, OrganisationKind
from yishiting.ground.places.models import Level, Place

PRIVACY = first_notice("枣营北里社区（演示）", "这里是演示，没有真实的联系方式")

HOURS = "周一至周五 9:00—17:30"
EXAMPLE = "示例，不是真实的电话和地址"
KIND = OrganisationKind
#: Who takes part besides offices and committees, by place.
UNITS = {
    COMMUNITY: (
        (KIND.PROPERTY_COMPANY, "安居物业"),
        (KIND.RESIDENT_UNIT, "枣营小学"),
        (KIND.SOCIAL_ORGANISATION, "邻里社工站"),
    ),
    NEXT_DOOR: ((KIND.PROPERTY_COMPANY, "和顺物业"), (KIND.RESIDENT_UNIT, "麦子店社区卫生服务中心")),
    THIRD: ((KIND.PROPERTY_COMPANY, "霞光物业"), (KIND.OWNERS_COMMITTEE, "霞光里业主委员会")),
    SUBDISTRICT: ((KIND.SECTION, "城市管理科"), (KIND.SECTION, "民生保障科"), (KIND.SECTION, "平安建设科")),
    TOWNSHIP: ((KIND.SECTION, "规划建设科"),),
    DISTRICT: tuple((KIND.DEPARTMENT, part.unit) for part in CAST if part.unit and part.code == DISTRICT),
}


def open_the_offices() -> None:
    """Telephones, addresses and hours, each marked as an example: no number in the city begins with 010-2000."""
    district = Place.objects.get(code=DISTRICT)
    rows = [(district.code, "朝阳区领导小组办公室", "010-20000000", "示例路1号", HOURS, EXAMPLE)]
    streets = Place.objects.filter(level=Level.SUBDISTRICT).order_by("code")
    for n, one in enumerate(streets, start=1):
        rows.append(
            (one.code, f"{one.name}办事处", f"010-200001{n:02d}", f"{one.short_name}示例路{n}号", HOURS, EXAMPLE)
        )
    for n, code in enumerate((COMMUNITY, NEXT_DOOR, THIRD), start=1):
        one = Place.objects.get(code=code)
        told = (f"{one.short_name}居委会", f"010-2000020{n}", f"{one.short_name}甲{n}号楼1层（示例）", HOURS, EXAMPLE)
        rows.append((one.code, *told))
    list_contacts(district, by=Operator(), rows=rows)


def gather(today: date) -> dict[str, Person]:
    """Open the accounts and give the offices. Nobody has a password that is known: the demo lets one in by button."""
    if not PrivacyNotice.objects.exists():
        publish_privacy_notice(PRIVACY, by=Operator(), in_force_from=date(today.year - 1, 1, 1))
    open_the_offices()
    for code, units in UNITS.items():
        for kind, name in units:
            register_organisation(Place.objects.get(code=code), by=Operator(), kind=kind, name=name)
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
    if not part.office and not part.administration:
        consent(person, by=person)  # as at the first sign-in
    if part.office:
        place = Place.objects.filter(code=part.code).first()
        if place is not None:
            unit = Organisation.objects.filter(place=place, name=part.unit).first() if part.unit else None
            appoint(place, by=Operator(), person=person, office=part.office, since=since, organisation=unit)
    return person
