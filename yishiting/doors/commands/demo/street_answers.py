"""What communities reported to 麦子店街道, and its five answers."""

from datetime import date

from yishiting.doors.commands.demo.clock import Telling, moment
from yishiting.doors.commands.demo.neighbour_words import NANLI, XIAGUANG
from yishiting.doors.commands.demo.neighbours import Area, reported
from yishiting.doors.commands.demo.words import WATER
from yishiting.year.projects.actions import open_project
from yishiting.year.proposals.actions import agree, bring_back, defer, explain, forward, take_on
from yishiting.year.proposals.models import Proposal


def reports(area: Area) -> tuple[Telling, ...]:
    """What communities reported up, in spring and of late; the last still waits for its answer, within its days."""
    return (
        reported(area, NANLI, "摊位", date(area.year, 3, 25), "摊位归街道城管管。"),
        reported(area, XIAGUANG, "外墙", date(area.year, 3, 26), "社区没有这笔钱。"),
        reported(area, NANLI, "夜路", area.back(40), "东门外的路归街道管。"),
        reported(area, XIAGUANG, "断头路", area.back(16), "规划和用地都要上级协调。"),
        reported(area, XIAGUANG, "禁停", area.back(15), "划线归街道统一办理。"),
        reported(area, NANLI, "积水", area.back(5), "道路归街道管，社区没有权限和经费。"),
    )


def answers(area: Area) -> tuple[Telling, ...]:
    """The five answers to them: not now, not feasible, we do it (twice), you do it, on to the district."""
    return (_not_now(area), _cannot_be(area), _by_us(area), _by_you(area), _further_up(area), _by_the_section(area))


def _reported(area: Area, key: str) -> Proposal:
    area.proposals[key].refresh_from_db()
    return area.proposals[key]


def _not_now(area: Area) -> Telling:
    yield moment(date(area.year, 4, 10), 15)
    defer(
        _reported(area, "摊位"), by=area.cast["zhao"], answer="现在没有合适的临时摆卖场地。",
        conditions="菜市场改造完成、腾出西侧空地以后办理。", look_again_on=area.back(-60),
    )  # fmt: skip


def _cannot_be(area: Area) -> Telling:
    yield moment(date(area.year, 4, 13), 15)
    reason = "外墙保温改造已列入市里的计划，单独粉刷两年后要铲掉，花两遍钱。"
    explain(_reported(area, "外墙"), by=area.cast["zhao"], reason=reason)


def _by_us(area: Area) -> Telling:
    yield moment(date(area.year, 4, 14), 15)
    take_on(
        _reported(area, WATER), by=area.cast["zhao"], answer="由街道使用专项维修资金更换。",
        section=area.section("城市管理科"), responsible=area.cast["liqiang"],
        until=min(area.back(105), date(area.year, 7, 31)),
    )  # fmt: skip


def _by_the_section(area: Area) -> Telling:
    yield moment(area.back(8), 15)
    take_on(
        _reported(area, "禁停"), by=area.cast["zhao"], answer="本月由街道统一划线。",
        section=area.section("城市管理科"), responsible=area.cast["liqiang"],
    )  # fmt: skip


def _by_you(area: Area) -> Telling:
    qian = area.cast["qian"]
    yield moment(area.back(26), 15)
    bring_back(_reported(area, "夜路"), by=area.cast["zhao"], answer="路灯由街道提供，社区负责安装和看护。")
    yield moment(area.back(22), 15)
    agree(_reported(area, "夜路"), by=qian, how="社区同意承办，请物业接线。")
    yield moment(area.back(20), 15)
    open_project(_reported(area, "夜路"), by=qian)


def _further_up(area: Area) -> Telling:
    yield moment(area.back(9), 15)
    reason = "道路规划和用地归区里管，建议区里列入微循环道路计划。"
    forward(_reported(area, "断头路"), by=area.cast["zhao"], reason=reason)
