"""The cast: the same people in tests, demo data and documents.

陆阿姨 resident, 李明 representative, 王书记 community Party secretary, 小刘 community worker, 赵科 subdistrict section
head, 孙主任 district office, 市政处 handling unit, 周老师 community supervisor, and the three administrators.
"""

from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from yishiting.ground.accounts.actors import Operator
from yishiting.ground.accounts.models import Administration, Person
from yishiting.ground.organisations.actions import appoint
from yishiting.ground.organisations.models import Office
from yishiting.ground.places.models import Kind, Level, Line, Place
from yishiting.ground.seasons.actions import set_window
from yishiting.ground.seasons.models import Season

TODAY = date(2026, 3, 5)
PASSWORD = "cast-of-the-year"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
OPERATOR = Operator()


def place(code: str, name: str, level: Level, kind: Kind, parent: Place | None = None) -> Place:
    path = f"{parent.division_path if parent else ''}{code}/"
    short = name.removesuffix("社区").removesuffix("街道")
    return Place.objects.create(
        code=code,
        name=name,
        short_name=short,
        level=level,
        kind=kind,
        line=Line.URBAN,
        parent=parent,
        division_path=path,
    )


def person(login: str, name: str, phone: str = "", administration: str = "", *, staff: bool = True) -> Person:
    now = timezone.now()
    someone = Person(login=login, name=name, administration=administration, is_staff_member=staff)
    someone.password_changed_at = someone.totp_confirmed_at = now if staff else None
    someone.totp_secret = TOTP_SECRET if staff else ""
    someone.set_phone(phone)
    someone.set_password(PASSWORD)
    someone.save()
    return someone


@dataclass
class Cast:
    district: Place = field(init=False)
    maizidian: Place = field(init=False)
    zaobei: Place = field(init=False)
    zaonan: Place = field(init=False)
    anzhen: Place = field(init=False)
    lu: Person = field(init=False)
    liming: Person = field(init=False)
    wang: Person = field(init=False)
    liu: Person = field(init=False)
    qian: Person = field(init=False)
    zhao: Person = field(init=False)
    sun: Person = field(init=False)
    shizheng: Person = field(init=False)
    zhou: Person = field(init=False)
    system: Person = field(init=False)
    security: Person = field(init=False)
    audit: Person = field(init=False)

    def __post_init__(self) -> None:
        self.places()
        self.people()
        self.offices()
        self.seasons()

    def places(self) -> None:
        self.district = place("110105", "朝阳区", Level.DISTRICT, Kind.DISTRICT)
        self.maizidian = place("110105012", "麦子店街道", Level.SUBDISTRICT, Kind.SUBDISTRICT, self.district)
        self.anzhen = place("110105008", "安贞街道", Level.SUBDISTRICT, Kind.SUBDISTRICT, self.district)
        self.zaobei = place("110105012022", "枣营北里社区", Level.COMMUNITY, Kind.COMMUNITY, self.maizidian)
        self.zaonan = place("110105012021", "枣营南里社区", Level.COMMUNITY, Kind.COMMUNITY, self.maizidian)

    def people(self) -> None:
        self.lu = person("lu", "陆桂芳", "13800000001", staff=False)
        self.liming = person("liming", "李明", "13800000002", staff=False)
        self.wang = person("wang", "王建国", "13800000003")
        self.liu = person("liu", "刘芳", "13800000004")
        self.qian = person("qian", "钱进", "13800000010")
        self.zhao = person("zhao", "赵立", "13800000005")
        self.sun = person("sun", "孙主任", "13800000006")
        self.shizheng = person("shizheng", "郑工", "13800000007")
        self.zhou = person("zhou", "周老师", "13800000008")
        self.system = person("system", "系统管理员", administration=Administration.SYSTEM)
        self.security = person("security", "安全管理员", administration=Administration.SECURITY)
        self.audit = person("audit", "审计管理员", administration=Administration.AUDIT)

    def offices(self) -> None:
        since = date(2025, 1, 1)
        for someone, office, where in (
            (self.wang, Office.COMMUNITY_SECRETARY, self.zaobei),
            (self.liu, Office.COMMUNITY_WORKER, self.zaobei),
            (self.qian, Office.COMMUNITY_SECRETARY, self.zaonan),
            (self.zhao, Office.SECTION_HEAD, self.maizidian),
            (self.sun, Office.DISTRICT_DIRECTOR, self.district),
            (self.shizheng, Office.HANDLING_OFFICER, self.district),
            (self.zhou, Office.COMMUNITY_SUPERVISOR, self.zaobei),
        ):
            appoint(where, by=OPERATOR, person=someone, office=office, since=since)

    def seasons(self) -> None:
        for season, opens, closes in (
            (Season.CONSULTATION, date(2026, 1, 1), date(2026, 3, 31)),
            (Season.DELIVERY, date(2026, 4, 1), date(2026, 9, 30)),
            (Season.REVIEW, date(2026, 10, 1), date(2026, 12, 31)),
        ):
            set_window(
                self.district, by=OPERATOR, level=Level.COMMUNITY, year=2026, season=season, opens=opens, closes=closes
            )
