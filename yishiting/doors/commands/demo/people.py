"""The cast, as in tests and documents; in the demo one steps into each of them with one button."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from yishiting.ground.accounts.actors import Operator
from yishiting.ground.accounts.models import Administration, Person
from yishiting.ground.entrance.actions import open_account, publish_privacy_notice
from yishiting.ground.entrance.models import PrivacyNotice
from yishiting.ground.entrance.rules import first_notice
from yishiting.ground.organisations.actions import appoint
from yishiting.ground.organisations.models import Office
from yishiting.ground.places.models import Place

COMMUNITY, NEXT_DOOR, SUBDISTRICT, DISTRICT = "110105012022", "110105012021", "110105012", "110105"


@dataclass(frozen=True, slots=True)
class Part:
    """One member of the cast."""

    login: str
    name: str
    says: str
    phone: str
    office: Office | None = None
    code: str = ""
    administration: str = ""


CAST = (
    Part("lu", "陆桂芳", "居民陆阿姨，70岁，用手机看建议的进展", "13800000001"),
    Part("liming", "李明", "议事代表，开会、监督项目", "13800000002"),
    Part("zhang", "张淑珍", "议事代表张大姐，监督小组成员", "13800000011"),
    Part("wang", "王建国", "枣营北里社区党组织书记", "13800000003", Office.COMMUNITY_SECRETARY, COMMUNITY),
    Part("liu", "刘芳", "枣营北里社区工作者小刘，录入、初审、会务", "13800000004", Office.COMMUNITY_WORKER, COMMUNITY),
    Part("chen", "陈秀英", "枣营北里居委会主任", "13800000009", Office.COMMITTEE_DIRECTOR, COMMUNITY),
    Part("zhao", "赵立", "麦子店街道赵科长", "13800000005", Office.SECTION_HEAD, SUBDISTRICT),
    Part("sun", "孙国强", "区领导小组办公室孙主任", "13800000006", Office.DISTRICT_DIRECTOR, DISTRICT),
    Part("shizheng", "郑工", "市政处经办人", "13800000007", Office.HANDLING_OFFICER, DISTRICT),
    Part("zhou", "周老师", "居务监督委员会委员", "13800000008", Office.COMMUNITY_SUPERVISOR, COMMUNITY),
    Part("system", "系统管理员", "开通和停用账号", "", administration=Administration.SYSTEM),
    Part("security", "安全管理员", "任职、解锁、重置动态码", "", administration=Administration.SECURITY),
    Part("audit", "审计管理员", "查看留痕", "", administration=Administration.AUDIT),
)

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


def on_stage() -> "QuerySet[Person]":
    """The cast as the sign-in page of the demo lists it."""
    return Person.objects.filter(login__in=[part.login for part in CAST])
