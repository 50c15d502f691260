"""The rules of councils and elections."""

from yishiting.ground.common.marked import marked as _
from yishiting.ground.seasons.rule_kinds import (
    CASE,
    ELECTION,
    SECTORS,
    SECTORS_OF_A_SUBDISTRICT,
    SECTORS_OF_THE_DISTRICT,
    USAGE,
    WHO_COMES_TO_THE_DISTRICT,
    AtLevel,
    RuleKind,
)
from yishiting.methods.elections import Base

RULES_OF_COUNCILS = (
    RuleKind(
        "council.seats_min",
        _("代表最少人数"),
        10,
        "议事代表每届10~15人",
        CASE,
        _("人"),
        by_level={
            "subdistrict": AtLevel(20, "街乡议事代表的人数和比例由街乡党工委确定", CASE),
            "district": AtLevel(30, "区级协商会代表的人数由区领导小组确定", USAGE),
        },
    ),
    RuleKind(
        "council.seats_max",
        _("代表最多人数"),
        15,
        "议事代表每届10~15人",
        CASE,
        _("人"),
        by_level={
            "subdistrict": AtLevel(80, "街乡议事代表的人数和比例由街乡党工委确定", CASE),
            "district": AtLevel(200, "区级协商会代表的人数由区领导小组确定", USAGE),
        },
    ),
    RuleKind(
        "council.communities_over",
        _("社区（村）代表须超过总席位的比例"),
        "0/1",
        "社区（村）一级不要求",
        USAGE,
        by_level={"subdistrict": AtLevel("1/2", "按照社区（村）代表占半数以上、各方面均有代表的原则", CASE)},
    ),
    RuleKind("council.term_years", _("代表任期"), 3, "任期3年，届满后按期换届", CASE, _("年")),
    RuleKind("council.term_reminder_days", _("届满提前提醒"), 60, "届满前六十日提醒换届", USAGE, _("日")),
    RuleKind(
        "council.vacancy_days",
        _("席位空缺后多少日内决定补选"),
        60,
        "代表出缺的，六十日内决定是否补选",
        USAGE,
        _("日"),
    ),
    RuleKind(
        "council.seats_method",
        _("席位计算方法"),
        "largest_remainder",
        "代表实行席位分配制",
        CASE,
        among=("largest_remainder", "dhondt", "sainte_lague", "adams"),
    ),
    RuleKind("council.seats_per_constituency_min", _("每个推选单位最少席位"), 1, "各方面均有代表", CASE, _("席")),
    RuleKind(
        "council.required_sectors",
        _("必须有代表的方面"),
        ["two_committees_one_station", "resident"],
        "由“两委一站”“两代表一委员”、居民、业主委员会、驻区单位和社会组织、流动人员等代表及特邀人士组成",
        CASE,
        among=SECTORS,
        by_level={
            "subdistrict": AtLevel(
                [*SECTORS_OF_A_SUBDISTRICT], "按照社区（村）代表占半数以上、各方面均有代表的原则", CASE
            ),
            "district": AtLevel([*SECTORS_OF_THE_DISTRICT], WHO_COMES_TO_THE_DISTRICT, CASE),
        },
    ),
    RuleKind(
        "council.sectors",
        _("组成中各方面均有代表"),
        list(SECTORS),
        "由“两委一站”“两代表一委员”、居民、业主委员会、驻区单位和社会组织、流动人员等代表及特邀人士组成",
        CASE,
        among=SECTORS,
        by_level={
            "subdistrict": AtLevel(
                [*SECTORS_OF_A_SUBDISTRICT],
                "由人大代表、政协委员、社区（村）党员代表、居民代表、驻区单位、社会组织代表、流动人员代表及特邀人士组成",
            ),
            "district": AtLevel([*SECTORS_OF_THE_DISTRICT], WHO_COMES_TO_THE_DISTRICT, CASE),
        },
    ),
    RuleKind(
        "election.held",
        _("代表由投票选举产生"),
        True,
        "由居民代表大会投票或举手表决，差额确定议事代表",
        CASE,
        by_level={
            "subdistrict": AtLevel(False, "街乡议事代表由社区（村）推派或推荐产生，公示后由街乡党工委确定", USAGE),
            "district": AtLevel(False, "区级协商会代表由各街乡推派或推荐产生，公示后由区领导小组确定", USAGE),
        },
    ),
    RuleKind(
        "election.extra_candidates_min", _("候选人至少多于应选名额"), 1, "差额确定议事代表", CASE, _("人"), least=0
    ),
    RuleKind(
        "election.turnout_over",
        _("参加投票须超过应到的比例"),
        "1/2",
        "有选举权的过半数参加投票，选举有效",
        ELECTION,
    ),
    RuleKind(
        "election.winner_over", _("当选须超过投票人数的比例"), "1/2", "获得参加投票的过半数选票，始得当选", ELECTION
    ),
    RuleKind(
        "election.supplementary_at_least",
        _("另行选举当选的最低得票"),
        "1/3",
        "另行选举以得票多的当选，但不得少于三分之一",
        ELECTION,
    ),
    RuleKind(
        "election.base",
        _("参加投票人数按什么计算"),
        "returned",
        "收回的选票，包括无效票，计入参加投票的人数",
        ELECTION,
        among=tuple(Base),
    ),
    RuleKind("election.most_rounds", _("最多投票轮次"), 3, "多轮投票仍选不足的，名额空缺，另行补选", USAGE, _("轮")),
    RuleKind("election.write_ins", _("可以另选他人"), True, "可以赞成、反对、另选他人，也可以弃权", ELECTION),
    RuleKind(
        "election.proxies_max",
        _("一人最多受委托数"),
        0,
        "是否可以书面委托投票由各地确定，0是不可以；居民委员会选举可以的，每一人接受委托不得超过三人",
        USAGE,
        _("人"),
        least=0,
    ),
    RuleKind("election.age_min", _("候选人最低年龄"), 18, "年满十八周岁", ELECTION, _("岁")),
)
