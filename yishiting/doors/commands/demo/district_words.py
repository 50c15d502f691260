"""What six departments of the district have in hand in the demo. Every sentence is made up."""

from dataclasses import dataclass

from yishiting.doors.commands.demo.street_words import (
    BUS,
    EXIT,
    FLOOD,
    GARAGE,
    HOSTEL,
    LIGHTS,
    ONE_WAY,
    PARK,
    SCHOOL,
    SEWER,
    STAIRS,
)

ROADS, TRAFFIC, PLANNING = "区城市管理委市政处", "公安交通支队", "规划自然资源分局"
GREEN, HOUSING, CIVIL = "区园林绿化局", "区住房城乡建设委", "区民政局"
#: Who handles matters for each department.
HANDLERS = {
    ROADS: "shizheng",
    TRAFFIC: "dingwei",
    PLANNING: "fanggui",
    GREEN: "lintao",
    HOUSING: "qiumin",
    CIVIL: "baixue",
}

DISTRICT_ROSTER = (
    ("区领导小组", "two_committees_one_station", "方志远"),
    ("街乡干部", "two_committees_one_station", "麦子店街道 高建华"),
    ("街乡干部", "two_committees_one_station", "高碑店地区 徐志成"),
    ("社区（村）干部", "two_committees_one_station", "枣营北里社区 王建国"),
    ("社区（村）干部", "two_committees_one_station", "霞光里社区 宋玉梅"),
    ("群众代表", "resident", "麦子店 李明"),
    ("群众代表", "resident", "麦子店 关永和"),
    ("群众代表", "resident", "三里屯 蓝桂英"),
    ("群众代表", "resident", "左家庄 车建华"),
    ("群众代表", "resident", "八里庄 甄文秀"),
    ("群众代表", "resident", "望京 金顺姬"),
    ("群众代表", "resident", "大屯 廉志刚"),
    ("群众代表", "resident", "高碑店 苗德福"),
    ("人大代表", "peoples_deputy", "罗敏"),
    ("人大代表", "peoples_deputy", "祝海峰"),
    ("人大代表", "peoples_deputy", "季红"),
    ("政协委员", "cppcc_member", "毕文涛"),
    ("政协委员", "cppcc_member", "伏明"),
    ("专家学者", "invited_member", "城市规划 樊教授"),
    ("专家学者", "invited_member", "社会治理 管教授"),
)


@dataclass(frozen=True, slots=True)
class Course:
    """Of a matter: its class, who is asked and who leads, with whom, what is planned, what finished means."""

    key: str
    category: str
    lead: str
    partner: str
    person: str
    plan: str
    standard: str
    difficulty: str = ""
    touches_law: bool = False


#: Those that the consultation meetings of spring, summer and autumn deliberate.
SPRING = (
    Course(
        LIGHTS, "公共服务", TRAFFIC, ROADS, "副支队长秦刚", "装行人信号灯两组，划过街线，市政处改路缘坡道。", "信号灯启用，过街时间够老人走完，坡道与路面齐平。",
    ),
    Course(EXIT, "公共服务", PLANNING, HOUSING, "副局长文博", "完成选址和方案，报市里审批。", "方案获批，列入市级建设计划。", "overlap"),
    Course(HOSTEL, "公共服务", CIVIL, PLANNING, "副局长苏慧", "利用腾退的区属用房改建四十张床位。", "驿站取得许可，开门收住老人。", "old_debt"),
)  # fmt: skip
SUMMER = (
    Course(
        ONE_WAY, "环境秩序", TRAFFIC, PLANNING, "副支队长秦刚", "西街由南向北单行，东侧划停车位四十个。", "标志标线齐全，高峰会车不倒车。", "policy_edge", touches_law=True,
    ),
    Course(GARAGE, "环境秩序", HOUSING, PLANNING, "副主任翁强", "论证绿地下建立体停车楼。", "给出可行或不可行的结论。", "policy_edge"),
    Course(STAIRS, "社区安全", HOUSING, ROADS, "副主任翁强", "统一选址八处，年内建成。", "八处充电设施通过验收，有人管理。"),
)  # fmt: skip
AUTUMN = (
    Course(SEWER, "环境秩序", ROADS, GREEN, "副主任石磊", "改造雨水管一千二百米，恢复绿地和路面。", "大雨一小时内排干，绿地恢复原样。", "old_debt"),
    Course(PARK, "环境秩序", GREEN, ROADS, "副局长米兰", "清运渣土，种树铺路，设座椅和健身角。", "公园开放，夜间有灯，有人养护。"),
)  # fmt: skip
#: Those of this autumn's list, each a step further than the one before.
NEW = (
    Course(BUS, "公共服务", ROADS, TRAFFIC, "副主任石磊", "协调公交集团增设一对站台。", "站台启用。"),
    Course(SCHOOL, "公共服务", TRAFFIC, ROADS, "副支队长秦刚", "划即停即走区，设护学岗。", "放学时段道路不堵。"),
    Course(
        FLOOD, "环境秩序", ROADS, PLANNING, "副主任石磊", "建调蓄池，加大抽排能力。", "汛期桥下不断路。", "old_debt"
    ),
)

BASIS = {
    TRAFFIC: "《道路交通安全法》第二十五条、第三十九条",
    ROADS: "《城市道路管理条例》第二十一条",
    PLANNING: "《城乡规划法》第三十七条和本区街区控规",
    GREEN: "《北京市绿化条例》",
    HOUSING: "《北京市电动自行车管理办法》和老旧小区改造规定",
    CIVIL: "《北京市居家养老服务条例》",
}
SPLIT = "路窄的商户担心没有地方卸货，东侧居民同意单行，学校要求保留双向。"
STILL = "商户同意错时卸货，学校仍要求早高峰保留由北向南进校，交通支队要再测算。"
CANNOT = (
    "绿地下面有一根高压燃气管和一条电力隧道，规范不准在上面建楼；迁改要两年和一亿多元，超过停车楼本身。"
    "试过缩小规模、改到辅路西侧，都压着管线。现在建不了，区里先协调医院地下车库夜间向居民开放。"
)
