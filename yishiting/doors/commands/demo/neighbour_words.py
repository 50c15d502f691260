"""What is said and decided in two more communities of the demo. Every sentence is made up."""

from dataclasses import dataclass

from yishiting.doors.common.stage import NEXT_DOOR, THIRD

ALL_FOR, MOST_FOR = (10, 0, 0), (8, 1, 1)


@dataclass(frozen=True, slots=True)
class Said:
    """One suggestion of a community, the proposal it leads to, and what becomes of that."""

    key: str
    channel: str
    text: str
    where: str
    title: str = ""
    measures: str = ""
    category: str = "环境/设施维修"
    level: str = "community"
    votes: tuple[int, int, int] = ALL_FOR


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A community: who runs it, who sits in its council, what is said there."""

    code: str
    secretary: str
    worker: str
    roster: tuple[tuple[str, str, str], ...]
    said: tuple[Said, ...]


#: Said at home in two communities alike, and joined by the subdistrict.
CROSSING, SHUTTLE = "红绿灯", "班车"

NANLI = Neighbourhood(
    NEXT_DOOR,
    "qian",
    "hemiao",
    (
        ("两委一站", "two_committees_one_station", "钱进"),
        ("两委一站", "two_committees_one_station", "程玉"),
        ("1至6号楼", "resident", "葛淑兰"),
        ("1至6号楼", "resident", "阮建国"),
        ("1至6号楼", "resident", "柳春梅"),
        ("7至12号楼", "resident", "鲍卫东"),
        ("7至12号楼", "resident", "窦秀英"),
        ("7至12号楼", "resident", "费家和"),
        ("驻区单位", "resident_unit", "卫生服务中心 米护士长"),
        ("驻区单位", "resident_unit", "和顺物业 庞经理"),
    ),
    (
        Said(
            "晾衣",
            "home_visit",
            "院里没有晾被子的地方，老人把绳子拴在树上。",
            "4号楼南侧",
            "在4号楼南侧装三组晾衣架",
            "装三组固定晾衣架，离树两米以外，物业每季度检查。",
        ),
        Said(
            "夜路",
            "letter",
            "东门外到公交站那段路晚上太黑，女孩子不敢走。",
            "东门外",
            "东门外到公交站加装照明",
            "沿围墙装六盏壁灯，从社区公共用电接线。",
            "出行/道路和出入口",
            "subdistrict",
        ),
        Said(
            "摊位",
            "phone",
            "菜市场外面的流动摊位占了便道，推婴儿车过不去。",
            "菜市场西侧",
            "规范菜市场外的流动摊位",
            "请街道划定临时摆卖的地方和时间，其余时段劝离。",
            "管理/安全防范",
            "subdistrict",
            MOST_FOR,
        ),
        Said(
            "积水",
            "box",
            "卫生服务中心门前一下雨就积水，看病的老人蹚着水走。",
            "卫生服务中心门前",
            "卫生服务中心门前道路排水改造",
            "抬高路面十厘米，加两个雨水口。",
            "出行/道路和出入口",
            "subdistrict",
        ),
        Said("灯泡", "home_visit", "五单元楼道灯泡坏了。", "8号楼"),
    ),
)
XIAGUANG = Neighbourhood(
    THIRD,
    "song",
    "tian",
    (
        ("两委一站", "two_committees_one_station", "宋玉梅"),
        ("两委一站", "two_committees_one_station", "田野"),
        ("一区", "resident", "关永和"),
        ("一区", "resident", "贺桂珍"),
        ("一区", "resident", "翟文英"),
        ("二区", "resident", "戚大成"),
        ("二区", "resident", "尤丽萍"),
        ("二区", "resident", "路长海"),
        ("业主委员会", "owners_committee", "霍明"),
        ("驻区单位", "resident_unit", "霞光物业 岳经理"),
    ),
    (
        Said(
            "滑梯",
            "home_visit",
            "儿童滑梯裂了缝，孩子的衣服总被挂住。",
            "中心花园",
            "更换中心花园的儿童滑梯",
            "拆旧换新，地面铺软垫，请厂家每年检查一次。",
        ),
        Said(
            "断头路",
            "letter",
            "霞光里北侧的路修了一半就断了，救护车要绕两公里。",
            "北门外",
            "打通霞光里北侧断头路",
            "请区里协调规划和用地，把北侧道路接到亮马河南路。",
            "出行/道路和出入口",
            "subdistrict",
        ),
        Said(
            "外墙",
            "home_visit",
            "楼外墙颜色一块一块的，能不能统一刷一遍。",
            "一区",
            "居民楼外墙统一粉刷",
            "请街道出资，把一区六栋楼外墙统一粉刷。",
            "环境/设施维修",
            "subdistrict",
            MOST_FOR,
        ),
        Said(
            "禁停",
            "phone",
            "消防通道口总停着车，划个禁停线也好。",
            "二区东口",
            "二区东口消防通道划禁停线",
            "划黄色网格线，立禁停牌，和交警共同巡查。",
            "停车/停车秩序",
            "subdistrict",
        ),
        Said("井盖", "web", "二区门口的井盖一踩就响。", "二区门口"),
    ),
)
NEIGHBOURHOODS = (NANLI, XIAGUANG)

#: The two matters that several communities share: what each of them said.
SHARED = {
    CROSSING: (
        "农展馆南路东口没有红绿灯，老人过街要等好几分钟。",
        "农展馆南路东口车开得快，希望装红绿灯，老人不敢过街。",
    ),
    SHUTTLE: ("希望开一趟到朝阳医院的便民班车。", "想要一趟社区到超市的便民班车，老人提不动菜。"),
}
