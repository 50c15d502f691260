"""The proposals the council deliberates in the demo, and the projects they become."""

from dataclasses import dataclass

from yishiting.doors.commands.demo.words import BENCH, BIKES, LIGHT, LOCK, NOISE, RAMP, WATER


@dataclass(frozen=True, slots=True)
class Matter:
    """One proposal: from which suggestions, its words, how the council votes, and how far its project comes."""

    matter: str
    title: str
    situation: str
    measures: str
    votes: tuple[int, int, int]
    outcome: str
    level: str = "community"
    reason: str = ""
    project: str = ""
    standard: str = ""
    cost: int = 0
    upkeep: int = 0
    keeper: str = "社区居委会"


MATTERS = (
    Matter(
        LIGHT,
        "在3、5、7号楼门口装太阳能路灯",
        "3、5、7号楼门口夜间没有照明，有老人摔倒。",
        "装三盏太阳能路灯，居民轮流擦板，物业负责更换。",
        (12, 0, 0),
        "adopted",
        project="reviewable",
        standard="三盏灯天黑自动亮，照到单元门台阶，连续亮六小时以上。",
        cost=1_235_000,
        upkeep=60_000,
        keeper="安居物业",
    ),
    Matter(
        BIKES,
        "清理车棚，改造成充电车棚",
        "车棚被无主旧车占用，棚顶漏雨，充电有隐患。",
        "公告认领30天，清走无主车，补棚顶，装10个充电口和灭火器。",
        (11, 1, 0),
        "adopted",
        project="reviewable",
        standard="无主车清完，棚顶不漏，10个充电口验收合格，灭火器在有效期内。",
        cost=3_860_000,
        upkeep=120_000,
        keeper="安居物业",
    ),
    Matter(
        BENCH,
        "在小花园和路边加六把长椅",
        "老人走路中途没有地方歇脚，小花园座位不够。",
        "小花园加四把，去菜市场路边加两把，都带靠背扶手。",
        (12, 0, 0),
        "adopted",
        project="reviewable",
        standard="六把椅子固定牢靠，有靠背和扶手，不占盲道。",
        cost=720_000,
        upkeep=20_000,
    ),
    Matter(
        RAMP,
        "1号楼门口修无障碍坡道",
        "1号楼有三户坐轮椅的居民，台阶三级，出门要人抬。",
        "拆去一侧花池，修一条一比十二的坡道，装扶手。",
        (10, 1, 1),
        "adopted",
        project="completed",
        standard="坡度不大于一比十二，两侧有扶手，轮椅能独自上下。",
        cost=980_000,
        upkeep=10_000,
    ),
    Matter(
        LOCK,
        "更换4号楼单元门禁",
        "门禁损坏半年，外来人员随意上楼。",
        "换三套门禁，每户两张卡，老人可以用按键呼叫。",
        (12, 0, 0),
        "adopted",
        project="late",
        standard="三个单元门能自动关严，每户两张卡可用，呼叫有声音。",
        cost=1_450_000,
        upkeep=90_000,
        keeper="安居物业",
    ),
    Matter(
        NOISE,
        "小广场跳舞的时间和音量",
        "跳舞的居民和休息的居民意见不一致。",
        "夏天21点、冬天20点结束，音量不超过60分贝，轮流值日。",
        (5, 5, 2),
        "pending",
        reason="双方意见分歧较大，请楼门组长再各征求一次意见，下次会议再议。",
    ),
    Matter(
        WATER,
        "6号楼下水和雨水管维修",
        "6号楼下水返味、雨天外溢，外墙受潮。",
        "请街道协调使用专项维修资金，更换下水主管和雨水管。",
        (12, 0, 0),
        "adopted",
        level="subdistrict",
    ),
    Matter(
        "电梯",
        "商议加装电梯",
        "部分楼栋老人上下楼困难。",
        "请街道帮助了解政策，逐栋征求意见。",
        (3, 8, 1),
        "declined",
        level="subdistrict",
        reason="低层住户顾虑较多，先由街道来社区讲解政策，再看有没有楼栋愿意带头。",
    ),
)
