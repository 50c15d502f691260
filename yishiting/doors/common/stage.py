"""The cast, as in tests and documents; in the demo one steps into each of them with one button."""

from dataclasses import dataclass

from django.db.models import QuerySet

from yishiting.ground.accounts.models import Administration, Person
from yishiting.ground.organisations.models import Office

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


def on_stage() -> QuerySet[Person]:
    """The cast as the sign-in page of the demo lists it."""
    return Person.objects.filter(login__in=[part.login for part in CAST])
