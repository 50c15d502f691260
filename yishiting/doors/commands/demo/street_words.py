"""What is said, scored, planned and worked on at 麦子店街道 in the demo. Every sentence is made up."""

from dataclasses import dataclass

STREET_ROSTER = (
    ("枣营北里社区", "resident", "李明", "13800000002"),
    ("枣营北里社区", "resident", "陆桂芳", "13800000001"),
    ("枣营北里社区", "resident", "张淑珍", "13800000011"),
    ("枣营南里社区", "resident", "葛淑兰"),
    ("枣营南里社区", "resident", "阮建国"),
    ("枣营南里社区", "resident", "程玉", "", "", ("party_delegate",)),
    ("霞光里社区", "resident", "关永和"),
    ("霞光里社区", "resident", "贺桂珍"),
    ("霞光里社区", "resident", "尤丽萍", "", "", ("migrant_resident",)),
    ("农展南里社区", "resident", "倪素芬"),
    ("农展南里社区", "resident", "汤国栋"),
    ("朝阳公园社区", "resident", "滕秀兰"),
    ("朝阳公园社区", "resident", "殷志刚"),
    ("人大代表", "peoples_deputy", "罗敏"),
    ("政协委员", "cppcc_member", "毕文涛"),
    ("驻区单位", "resident_unit", "农展馆 郝处长"),
    ("驻区单位", "resident_unit", "枣营小学 唐老师"),
    ("社会组织", "social_organisation", "邻里社工站 沈洁"),
    ("流动人员", "migrant_resident", "骑手 安小龙"),
    ("特邀人士", "invited_member", "退休规划师 樊工"),
)


@dataclass(frozen=True, slots=True)
class Work:
    """A work of the subdistrict: what was said of it, what is proposed, how it is marked, planned and carried out."""

    key: str
    text: str
    where: str
    title: str
    measures: str
    category: str
    mark: int
    section: str = ""
    cost: int = 0
    standard: str = ""
    partners: tuple[tuple[str, str], ...] = ()


ROAD, CARE, MARKET, KIOSK = "便道", "助餐", "菜站", "报亭"
#: In the order of the council's marks; the plan takes the third before the second, and leaves the last out.
WORKS = (
    Work(
        ROAD,
        "农展馆南路便道坑洼不平，下雨积水，老人推小车过不去。",
        "农展馆南路东侧",
        "农展馆南路便道铺平",
        "翻修便道三百二十米，加三处坡道。",
        "出行/道路和出入口",
        18,
        "城市管理科",
        18_000_000,
        "便道铺平，下雨不积水，轮椅和小车推得过去。",
        (("安居物业", "出两名工人清场"),),
    ),
    Work(
        MARKET,
        "社区买菜要走两站地，希望有个便民菜站。",
        "枣营路北段",
        "枣营路便民菜站",
        "利用街道腾退房屋设菜站，引入连锁企业经营。",
        "养老/助老服务",
        16,
        "民生保障科",
        26_000_000,
        "菜站开门营业，价格牌公开，八点到十九点有人。",
    ),
    Work(
        CARE,
        "独居老人中午吃饭难，想要一个助餐点。",
        "麦子店西街",
        "麦子店西街老年助餐点",
        "改造街道闲置用房，设四十个座位，送餐到楼门。",
        "养老/助老服务",
        14,
        "民生保障科",
        22_000_000,
        "助餐点每天供应午餐，行动不便的送餐到楼门。",
    ),
    Work(
        KIOSK,
        "街角的旧报亭空了两年，挡路又难看。",
        "枣营路口",
        "枣营路口旧报亭改成便民服务亭",
        "把旧报亭改成修鞋、配钥匙、磨剪刀的便民亭。",
        "环境/设施维修",
        10,
    ),
)
#: Why the third comes before the second.
DEPARTURE = "菜站用的房屋要到六月才腾退出来，先办助餐点，菜站下半年开工。"
#: Said at the great hearing, besides: what belongs to the district, and a question.
QUESTION = "街道每年能拿出多少钱办实事，怎么定先办哪一件？"
ANSWER = "今年安排八百万元。先由议事代表打分，主任办公会参考打分编制实施计划书，次序不同的写明理由，一起公示。"


@dataclass(frozen=True, slots=True)
class ForDistrict:
    """What a subdistrict cannot do: said by residents, put on the list for the district."""

    key: str
    text: str
    where: str
    title: str
    measures: str
    category: str = "出行/道路和出入口"


LIGHTS, SEWER, ONE_WAY, EXIT, HOSTEL, GARAGE, PARK, STAIRS = (
    "红绿灯", "雨水管", "单行", "出入口", "驿站", "停车楼", "口袋公园", "充电",
)  # fmt: skip
#: On the list of the December before.
FIRST_LIST = (
    ForDistrict(
        SEWER,
        "枣营路一下大雨就积水，雨水管还是八十年代的。",
        "枣营路",
        "枣营路雨水管线改造",
        "改造雨水管一千二百米，恢复绿地和路面。",
    ),
    ForDistrict(
        ONE_WAY,
        "麦子店西街两边停车，会车要倒一百米，能不能改单行。",
        "麦子店西街",
        "麦子店西街机动车单行",
        "西街由南向北单行，东侧划停车位，沿街商户错时装卸。",
    ),
    ForDistrict(
        EXIT,
        "地铁站只有马路对面有出口，过街的人挤在一起。",
        "农展馆地铁站",
        "农展馆地铁站增设东北出入口",
        "请市区两级研究增设东北出入口，预留无障碍电梯。",
        "出行/公交和无障碍",
    ),
    ForDistrict(
        HOSTEL,
        "老人想就近有个能住几天的养老驿站。",
        "枣营北里",
        "配建麦子店养老服务驿站",
        "利用腾退的区属用房，建四十张床位的养老驿站。",
        "养老/助老服务",
    ),
    ForDistrict(
        GARAGE,
        "医院旁边停车难，建议在绿地下面建立体停车楼。",
        "东三环辅路",
        "东三环辅路绿地建立体停车楼",
        "建二百个车位的立体停车楼。",
        "停车/停车位",
    ),
    ForDistrict(
        PARK,
        "拆了临建的那块地空着长草，建个口袋公园吧。",
        "朝阳公园西路",
        "朝阳公园西路建口袋公园",
        "清运渣土，种树铺路，设座椅和健身角。",
        "环境/卫生绿化",
    ),
    ForDistrict(
        STAIRS,
        "老旧小区电动自行车没有地方充电，都往楼上搬。",
        "老旧小区",
        "老旧小区集中建设电动自行车充电设施",
        "区里统一选址、统一标准，年内建八处。",
        "管理/安全防范",
    ),
)
#: What is said at the great hearing.
HEARD: tuple[Work | ForDistrict, ...] = (*WORKS, *FIRST_LIST)
#: On the list of this autumn.
FLOOD, BUS, SCHOOL = "易涝点", "公交", "校门"
SECOND_LIST = (
    ForDistrict(
        BUS,
        "枣营路北口没有公交站，最近的要走一公里。",
        "枣营路北口",
        "枣营路北口增设公交站",
        "请区里协调公交集团增设一对站台。",
        "出行/公交和无障碍",
    ),
    ForDistrict(
        SCHOOL,
        "放学的时候枣营小学门口车把路堵死了。",
        "枣营小学",
        "枣营小学门前设护学岗和临时停靠区",
        "划即停即走区，早晚各一小时设护学岗。",
    ),
    ForDistrict(
        FLOOD,
        "铁路桥下每年汛期都淹，公交车都绕行。",
        "铁路桥下",
        "铁路桥下易涝点治理",
        "建调蓄池，加大泵站抽排能力。",
        "环境/设施维修",
    ),
)
