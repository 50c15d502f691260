"""The cast, as in tests and documents; in the demo one steps into each of them with one button."""

from dataclasses import dataclass

from django.db.models import QuerySet

from yishiting.ground.accounts.models import Administration, Person
from yishiting.ground.organisations.models import Office

COMMUNITY, NEXT_DOOR, THIRD = "110105012022", "110105012021", "110105012023"
SUBDISTRICT, TOWNSHIP, DISTRICT = "110105012", "110105022", "110105"


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
    #: The section or department somebody acts for, where it is not the whole desk.
    unit: str = ""


CAST = (
    Part("lu", "陆桂芳", "居民陆阿姨，70岁，用手机看建议的进展", "13800000001"),
    Part("liming", "李明", "社区和街道的议事代表，开会、监督项目", "13800000002"),
    Part("zhang", "张淑珍", "议事代表张大姐，监督小组成员", "13800000011"),
    Part("wang", "王建国", "社区党组织书记", "13800000003", Office.COMMUNITY_SECRETARY, COMMUNITY),
    Part("chen", "陈秀英", "居委会主任", "13800000009", Office.COMMITTEE_DIRECTOR, COMMUNITY),
    Part("liu", "刘芳", "社区工作者小刘，录入、初审、会务", "13800000004", Office.COMMUNITY_WORKER, COMMUNITY),
    Part("zhou", "周老师", "居务监督委员会委员", "13800000008", Office.COMMUNITY_SUPERVISOR, COMMUNITY),
    Part("qian", "钱进", "社区党组织书记", "13800000010", Office.COMMUNITY_SECRETARY, NEXT_DOOR),
    Part("hemiao", "何苗", "社区工作者", "13800000012", Office.COMMUNITY_WORKER, NEXT_DOOR),
    Part("song", "宋玉梅", "社区党组织书记", "13800000013", Office.COMMUNITY_SECRETARY, THIRD),
    Part("tian", "田野", "社区工作者", "13800000014", Office.COMMUNITY_WORKER, THIRD),
    Part("gao", "高建华", "街道党工委书记", "13800000015", Office.SUBDISTRICT_SECRETARY, SUBDISTRICT),
    Part("hejing", "何静", "街道办事处主任，主持主任办公会", "13800000016", Office.SUBDISTRICT_DIRECTOR, SUBDISTRICT),
    Part("liqiang", "李强", "办事处副主任，责任领导", "13800000017", Office.SUBDISTRICT_LEADER, SUBDISTRICT),
    Part("zhao", "赵立", "城市管理科赵科长", "13800000005", Office.SECTION_HEAD, SUBDISTRICT, unit="城市管理科"),
    Part("wujun", "吴军", "民生保障科吴科长", "13800000018", Office.SECTION_HEAD, SUBDISTRICT, unit="民生保障科"),
    Part("fengli", "冯丽", "城市管理科科员", "13800000019", Office.SECTION_MEMBER, SUBDISTRICT, unit="城市管理科"),
    Part("jimin", "纪敏", "街道纪检监察", "13800000020", Office.SUBDISTRICT_DISCIPLINE, SUBDISTRICT),
    Part("yinhang", "尹航", "街道审计", "13800000021", Office.SUBDISTRICT_AUDITOR, SUBDISTRICT),
    Part("xu", "徐志成", "地区办事处主任", "13800000022", Office.SUBDISTRICT_DIRECTOR, TOWNSHIP),
    Part("sun", "孙国强", "区领导小组办公室孙主任", "13800000006", Office.DISTRICT_DIRECTOR, DISTRICT),
    Part("fang", "方志远", "区领导小组负责人", "13800000023", Office.DISTRICT_LEADER, DISTRICT),
    Part("haowen", "郝文", "区领导小组办公室工作人员", "13800000024", Office.DISTRICT_OFFICER, DISTRICT),
    Part("mei", "梅兰", "区委社会工委，收街道报来的事", "13800000025", Office.SOCIAL_WORK_COMMITTEE, DISTRICT),
    Part("niu", "牛振国", "区委农工委，收乡（地区）报来的事", "13800000026", Office.RURAL_WORK_COMMITTEE, DISTRICT),
    Part(
        "shizheng", "郑工", "市政处经办人", "13800000007", Office.HANDLING_OFFICER, DISTRICT, unit="区城市管理委市政处"
    ),
    Part("dingwei", "丁伟", "交通支队经办人", "13800000027", Office.HANDLING_OFFICER, DISTRICT, unit="公安交通支队"),
    Part(
        "fanggui", "方正", "规划分局经办人", "13800000028", Office.HANDLING_OFFICER, DISTRICT, unit="规划自然资源分局"
    ),
    Part("lintao", "林涛", "园林绿化局经办人", "13800000029", Office.HANDLING_OFFICER, DISTRICT, unit="区园林绿化局"),
    Part(
        "qiumin",
        "邱敏",
        "住房城乡建设委经办人",
        "13800000030",
        Office.HANDLING_OFFICER,
        DISTRICT,
        unit="区住房城乡建设委",
    ),
    Part("baixue", "白雪", "民政局经办人", "13800000031", Office.HANDLING_OFFICER, DISTRICT, unit="区民政局"),
    Part("jin", "金鉴", "区纪检监察审计", "13800000032", Office.AUDITOR, DISTRICT),
    Part("system", "系统管理员", "开通和停用账号", "", administration=Administration.SYSTEM),
    Part("security", "安全管理员", "任职、解锁、重置动态码", "", administration=Administration.SECURITY),
    Part("audit", "审计管理员", "查看留痕", "", administration=Administration.AUDIT),
)


def on_stage() -> QuerySet[Person]:
    """The cast as the sign-in page of the demo lists it."""
    return Person.objects.filter(login__in=[part.login for part in CAST])
