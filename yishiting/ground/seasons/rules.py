"""The catalogue of rules: what may be set, its usual value, and the sentence it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from yishiting.ground.common.marked import marked as _
from yishiting.ground.seasons.rule_kinds import (
    AGGREGATIONS,
    CASE,
    ELECTION,
    FORMULAS,
    MAJORITIES,
    USAGE,
    AtLevel,
    RuleKind,
)
from yishiting.ground.seasons.rules_of_councils import RULES_OF_COUNCILS
from yishiting.methods.budgeting.rule import COMPLETIONS, SATISFACTIONS
from yishiting.methods.budgeting.rule import RULES as BUDGET_RULES

KINDS: Mapping[str, RuleKind] = {
    kind.key: kind
    for kind in (
        *RULES_OF_COUNCILS,
        RuleKind("publicity.persons_workdays", _("人选公示期"), 5, "人选公示五个工作日", USAGE, _("个工作日")),
        RuleKind("publicity.plan_workdays", _("方案公示期"), 5, "实施方案公示五个工作日", USAGE, _("个工作日")),
        RuleKind("publicity.result_workdays", _("结果公示期"), 5, "结果公示五个工作日", USAGE, _("个工作日")),
        RuleKind("publicity.announcement_workdays", _("其他公告张贴期"), 5, "公告张贴五个工作日", USAGE, _("个工作日")),
        RuleKind(
            "proposal.report_answer_workdays",
            _("上级答复时限"),
            20,
            "上级收到报送后二十个工作日内答复",
            USAGE,
            _("个工作日"),
        ),
        RuleKind(
            "publicity.objection_answer_workdays",
            _("异议答复时限"),
            3,
            "异议三日内作出处理决定",
            ELECTION,
            _("个工作日"),
        ),
        RuleKind(
            "inquiry.answer_workdays",
            _("政策、程序问题的答复时限"),
            10,
            "研究解决党政群共商共治中的政策性、程序性问题",
            CASE,
            _("个工作日"),
        ),
        RuleKind(
            "third_party.benefit_weight",
            _("第三方评价中社会效益的权重"),
            60,
            "社会效益占六成，可持续性占四成",
            USAGE,
            _("%"),
        ),
        RuleKind(
            "assessment.appeal_workdays",
            _("考核结果申诉期"),
            5,
            "考核结果告知各单位，五个工作日内可以申诉",
            USAGE,
            _("个工作日"),
        ),
        RuleKind(
            "proposal.hand_down_workdays",
            _("交办回复时限"),
            5,
            "上级交办的，五个工作日内回复承办或退回",
            USAGE,
            _("个工作日"),
        ),
        RuleKind(
            "proposal.take_up_workdays",
            _("科室立项时限"),
            20,
            "答复由本级办理的，承办科室二十个工作日内立项",
            USAGE,
            _("个工作日"),
        ),
        RuleKind(
            "proposal.look_again_days",
            _("暂不办理事项再研究的期限"),
            365,
            "因条件限制暂不能解决的，纳入计划，积极创造条件解决",
            CASE,
            _("日"),
        ),
        RuleKind(
            "suggestion.transfer_answer_workdays",
            _("转办答复时限"),
            15,
            "转给有关单位的，十五个工作日内由该单位答复",
            USAGE,
            _("个工作日"),
        ),
        RuleKind(
            "agreement.review_months", _("公约多久回顾一次"), 12, "公约施行一年以后回顾执行情况", USAGE, _("个月")
        ),
        RuleKind("suggestion.text_max", _("建议字数上限"), 10000, "内容不限体裁，说清楚即可", USAGE, _("字")),
        RuleKind("suggestion.screen_workdays", _("初审时限"), 10, "收到后十个工作日内初审", USAGE, _("个工作日")),
        RuleKind(
            "suggestion.answer_workdays",
            _("答复时限"),
            15,
            "初审后十五个工作日内答复提出人；要提请协商会审议的，自审议之日起算",
            USAGE,
            _("个工作日"),
        ),
        RuleKind(
            "suggestion.interim_days_most",
            _("阶段答复最多延长"),
            90,
            "一时办不完的，先作阶段答复，写明谁在办、下一步做什么、什么时候再答复",
            USAGE,
            _("日"),
        ),
        RuleKind(
            "suggestion.more_work_workdays",
            _("补充材料的期限"),
            15,
            "请本人补充的，十五个工作日内补充",
            USAGE,
            _("个工作日"),
        ),
        RuleKind(
            "suggestion.appeal_workdays",
            _("申请复核期限"),
            15,
            "收到答复后十五个工作日内可以申请复核",
            USAGE,
            _("个工作日"),
        ),
        RuleKind(
            "suggestion.criteria",
            _("初审标准"),
            ["factual", "public_interest", "legality", "feasibility"],
            "符合客观性、公共性、合法性、可行性标准的作为有效建议事项",
            CASE,
            among=("factual", "public_interest", "legality", "feasibility"),
        ),
        RuleKind(
            "suggestion.joined_from",
            _("同项合并的范围"),
            "area",
            "同项合并在建议共同的上级办理：同一社区的由社区，几个社区的由街乡，几个街乡的由区",
            USAGE,
            among=("area", "reported"),
            by_level={"district": AtLevel("reported", "区里合并报送上来的和属于区级以上职责的建议", USAGE)},
        ),
        RuleKind(
            "suggestion.assign_first",
            _("有效建议先确定责任人再办理"),
            False,
            "提交街乡主任办公会研究，确定责任领导和科室",
            CASE,
            by_level={"subdistrict": AtLevel(True)},
        ),
        RuleKind(
            "suggestion.assigned_by_directors",
            _("责任领导和科室由主任办公会确定"),
            False,
            "提交街乡主任办公会研究，确定责任领导和科室",
            CASE,
            by_level={"subdistrict": AtLevel(True)},
        ),
        RuleKind(
            "project.from_plan",
            _("实事项目从实施计划书立项"),
            False,
            "参考街乡议事协商会项目打分结果，制定《街乡为民办实事项目实施计划书》，在辖区显著位置公示",
            CASE,
            by_level={"subdistrict": AtLevel(True)},
        ),
        RuleKind(
            "proposal.ask_proposers",
            _("提请审议前先征求提出人意见"),
            False,
            "制定项目实施的初步计划，再征求提案人的意见",
            CASE,
            by_level={"subdistrict": AtLevel(True)},
        ),
        RuleKind(
            "proposal.reply_workdays", _("提出人答复草案的时间"), 5, "给提出人看草案、答复的时间", USAGE, _("个工作日")
        ),
        RuleKind(
            "proposal.council_reply_workdays",
            _("社区议事协商会答复草案的时间"),
            15,
            "必要时召开社区议事协商会讨论，给社区召集、答复的时间",
            USAGE,
            _("个工作日"),
        ),
        RuleKind("meeting.notice_workdays", _("会议提前通知"), 3, "会议议程至少提前三日公布", USAGE, _("个工作日")),
        RuleKind(
            "meeting.notice_workdays_special",
            _("紧急或特殊事项的会议提前通知"),
            1,
            "遇紧急或特殊情况的，可随时启动需求收集和召开民主协商会议",
            CASE,
            _("个工作日"),
            least=0,
        ),
        RuleKind(
            "meeting.quorum_over",
            _("到会须超过应到的比例"),
            "1/2",
            "半数以上代表到会方可开会",
            USAGE,
            by_level={"subdistrict": AtLevel("1/2"), "district": AtLevel("1/2")},
        ),
        RuleKind(
            "meeting.due",
            _("每年应开的会议"),
            [
                {"kind": "deliberation", "from": "01-01", "to": "03-31"},
                {"kind": "review", "from": "11-01", "to": "12-31"},
            ],
            "协商会原则上在年初召开审议会，年末召开评审会议",
            CASE,
            by_level={
                "subdistrict": AtLevel(
                    [
                        {"kind": "deliberation", "from": "11-01", "to": "11-30"},
                        {"kind": "review", "from": "12-01", "to": "12-31"},
                    ],
                    "原则上，每年11月和12月召开街乡议事协商会（年初协商和年终评议）",
                ),
                "district": AtLevel(
                    [
                        {"kind": "deliberation", "from": "01-01", "to": "03-31"},
                        {"kind": "midyear", "from": "06-01", "to": "07-31"},
                        {"kind": "review", "from": "07-01", "to": "09-30"},
                    ]
                ),
            },
        ),
        RuleKind(
            "vote.majority",
            _("表决通过的规则"),
            "over_half_of_present",
            "提请议事协商会议讨论通过",
            CASE,
            among=MAJORITIES,
        ),
        RuleKind("vote.recused_in_quorum", _("回避的人计入到会人数"), True, "回避只影响表决，不影响到会", USAGE),
        RuleKind(
            "meeting.ad_hoc_consent",
            _("临时会议须经谁同意"),
            "社区（村）党组织",
            "根据需要，经同意后协商会可随时召开",
            CASE,
            by_level={
                "subdistrict": AtLevel("街乡党工委", "根据需要，经街乡党工委同意后协商会可随时召开"),
                "district": AtLevel("区领导小组"),
            },
        ),
        RuleKind(
            "debate.rules",
            _("议事规则"),
            [
                "先有议题，再作发言；一次只议一件事。",
                "举手，经主持人同意再发言；没有发过言的人优先。",
                "先说赞成还是反对，再说理由；赞成和反对轮流发言。",
                "面向主持人说话，不打断别人，不评论别人的人品和动机。",
                "每人每件事发言不超过规定的次数和时间。",
                "主持人不参加争论；要发言，先请别人代为主持。",
                "讨论充分后由主持人提请表决：先问赞成，再问反对，不要求弃权的人举手。",
                "赞成和反对相等，为未通过。",
                "与事情有直接利害关系的代表，说明情况后回避，不参加这一项表决。",
            ],
            "制定议事规则，帮助居民学会议事",
            USAGE,
        ),
        RuleKind("debate.minutes", _("每次发言时间"), 2, "每次发言不超过两分钟", USAGE, _("分钟")),
        RuleKind("debate.times", _("每件事发言次数"), 2, "同一件事发言不超过两次", USAGE, _("次")),
        RuleKind(
            "opinion.seeds_min", _("开始征求前至少写几条看法"), 3, "先有几条不同的看法，大家才好表态", USAGE, _("条")
        ),
        RuleKind("opinion.statement_max", _("一条看法最多多少字"), 80, "一条只说一个意思", USAGE, _("字")),
        RuleKind("opinion.statements_each", _("每人最多补充几条看法"), 5, "人人有机会补充", USAGE, _("条")),
        RuleKind("opinion.people_min", _("多少人以上才画意见图谱"), 20, "样本过少不分组，以免认出是谁", USAGE, _("人")),
        RuleKind("opinion.statements_min", _("多少条以上才画意见图谱"), 5, "看法太少分不出组", USAGE, _("条")),
        RuleKind("questionnaire.questions_max", _("一份问卷最多几题"), 20, "问卷宜短", USAGE, _("题")),
        RuleKind("questionnaire.text_max", _("文字题最多多少字"), 500, "说清楚即可", USAGE, _("字")),
        RuleKind("questionnaire.answers_min", _("少于几份不显示百分比"), 5, "样本过少不作比例结论", USAGE, _("份")),
        RuleKind(
            "scoring.criteria",
            _("评分标准和权重"),
            [
                {
                    "name": "受益人群",
                    "weight": "4",
                    "full": "10",
                    "hint": "多少居民用得上，老人、孩子、残疾人是否照顾到",
                },
                {"name": "社会效益", "weight": "3", "full": "10", "hint": "是否解决共同的难处，促进邻里和睦"},
                {"name": "可持续性", "weight": "3", "full": "10", "hint": "建成以后有没有人管、有没有钱维护"},
            ],
            "按照受益人群、社会效益、可持续性等指标进行评审",
            CASE,
        ),
        RuleKind(
            "scoring.method",
            _("得分的算法"),
            "trimmed",
            "去掉一个最高分和一个最低分后取平均",
            USAGE,
            among=AGGREGATIONS,
        ),
        RuleKind("scoring.drop_from", _("几份以上才去掉最高分和最低分"), 5, "评分表太少的直接取平均", USAGE, _("份")),
        RuleKind("scoring.sheets_min", _("少于几份有效评分表不排名次"), 3, "评分表过少不作比较", USAGE, _("份")),
        RuleKind(
            "budget.rule",
            _("预算表决的计票规则"),
            "greedy",
            "按得票从多到少依次列入，钱不够的跳过",
            USAGE,
            among=BUDGET_RULES,
        ),
        RuleKind(
            "budget.completion",
            _("均等份额法剩余资金的补足方式"),
            "none",
            "只有采用均等份额法时才用到",
            USAGE,
            among=COMPLETIONS,
        ),
        RuleKind(
            "budget.satisfaction",
            _("均等份额法的满意度"),
            "cost",
            "只有采用均等份额法时才用到",
            USAGE,
            among=SATISFACTIONS,
        ),
        RuleKind("budget.votes_min", _("列入计划的最低得票"), 1, "没有人选的项目不列入计划", USAGE, _("票"), least=0),
        RuleKind(
            "matter.screen_workdays",
            _("区级事项初审和拟办时限"),
            20,
            "收到后二十个工作日内提出拟办建议",
            USAGE,
            _("个工作日"),
        ),
        RuleKind(
            "matter.opinion_workdays",
            _("部门论证意见时限"),
            7,
            "征求合法、合规和可行性论证意见不少于七个工作日",
            USAGE,
            _("个工作日"),
        ),
        RuleKind(
            "matter.pending_alert_days",
            _("待定的区级事项提醒"),
            60,
            "待定的由办公室组织专题协商，不得久拖不决",
            USAGE,
            _("日"),
        ),
        RuleKind(
            "matter.remind_days_before",
            _("督查事项到期前提醒"),
            7,
            "到期前七日提醒承办单位、领导和办公室",
            USAGE,
            _("日"),
        ),
        RuleKind(
            "matter.remind_every_days",
            _("督查事项超期后的提醒间隔"),
            7,
            "超期的当日提醒，以后每七日提醒一次",
            USAGE,
            _("日"),
        ),
        RuleKind(
            "matter.countersign_workdays",
            _("会签时限"),
            5,
            "分派后五个工作日内会签，或写明理由退回",
            USAGE,
            _("个工作日"),
        ),
        RuleKind(
            "matter.ruling_workdays", _("退回分派的裁定时限"), 5, "退回后五个工作日内由办公室裁定", USAGE, _("个工作日")
        ),
        RuleKind(
            "matter.rating_workdays", _("提出人评价的时间"), 15, "收到答复后十五个工作日内评价", USAGE, _("个工作日")
        ),
        RuleKind(
            "matter.again_days", _("不满意的重新办理时限"), 60, "不满意的两个月内重新办理、再次答复", USAGE, _("日")
        ),
        RuleKind(
            "publicity.matter_workdays",
            _("区级办理事项公示期"),
            5,
            "区级办理事项由领导小组办公室负责向全区公示",
            CASE,
            _("个工作日"),
        ),
        RuleKind(
            "budget.choices_most", _("每张选票最多选几项"), 5, "每人可选的项目数有限，请选最要紧的", USAGE, _("项")
        ),
        RuleKind("proposal.pending_alert_days", _("待定事项提醒"), 60, "待定事项不得久拖不决", USAGE, _("日")),
        RuleKind("project.stalled_workdays", _("多久没有进展算停滞"), 20, "进展每月至少记录一次", USAGE, _("个工作日")),
        RuleKind("project.due_soon_workdays", _("临期提醒"), 10, "到期前提醒责任人", USAGE, _("个工作日")),
        RuleKind(
            "project.finding_answer_workdays",
            _("整改答复时限"),
            10,
            "监督小组发现问题，限期整改并答复",
            USAGE,
            _("个工作日"),
        ),
        RuleKind(
            "project.rectify_workdays", _("整改时限"), 20, "验收不合格或评议未达标的，限期整改", USAGE, _("个工作日")
        ),
        RuleKind(
            "project.acceptance",
            _("验收合格须多少人认为达到标准"),
            "over_half_of_signed",
            "对照完成标准，由监督小组验收",
            USAGE,
            among=("over_half_of_signed", "two_thirds_of_signed", "all_signed"),
        ),
        RuleKind(
            "project.supervisors_min", _("监督小组最少人数"), 3, "以项目监督小组对实事项目进行监督", CASE, _("人")
        ),
        RuleKind(
            "review.satisfaction_formula",
            _("满意率算法"),
            "satisfied_and_mostly_of_valid",
            "由各方代表进行逐一评审过关",
            CASE,
            among=FORMULAS,
        ),
        RuleKind("review.weights", _("加权算法的权重"), ["1", "1", "0"], "满意、基本满意、不满意三档的权重", USAGE),
        RuleKind("review.gate", _("满意率达标线"), "95/100", "测评结果群众满意率均在95%以上", CASE),
        RuleKind("reward.gate", _("满意率到多少给奖励"), "98/100", "按办理结果兑现经费和奖励", USAGE),
        RuleKind("reward.share", _("奖励是已支付经费的几成"), "5/100", "按办理结果兑现经费和奖励", USAGE),
        RuleKind("review.answers_min", _("少于几张有效票不显示百分比"), 5, "样本过少不作比例结论", USAGE, _("张")),
    )
}


@dataclass(frozen=True, slots=True)
class Book:
    """The rules in force at a place: values by key, and the label that decisions keep."""

    label: str
    values: Mapping[str, Any]
    level: str = "community"

    def sentence(self, key: str) -> str:
        """The sentence a rule comes from at this level."""
        return KINDS[key].at(self.level).sentence

    def number(self, key: str) -> int:
        """A whole number."""
        return int(self.values[key])

    def share(self, key: str) -> Fraction:
        """A share, exact."""
        return Fraction(str(self.values[key]))

    def text(self, key: str) -> str:
        """A name, for example of a method."""
        return str(self.values[key])

    def listed(self, key: str) -> list[Any]:
        """A list."""
        return list(self.values[key])
