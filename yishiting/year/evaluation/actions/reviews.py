"""The review: each project by itself, the ballots counted twice, the gate exact, the result public."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Annotated, Any

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.language import in_chinese
from yishiting.ground.common.money import amount
from yishiting.ground.common.names import same_name
from yishiting.ground.common.parameters import A, OneOf, Refs
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.places.organs import council_of
from yishiting.ground.places.queries import acted_for
from yishiting.ground.seasons.queries import rules_for
from yishiting.instruments.ballots.actions import open_poll, prepare_poll
from yishiting.instruments.ballots.models import Method, PollKind
from yishiting.instruments.ballots.states import State as PollState
from yishiting.instruments.funds.models import Fund
from yishiting.instruments.publicity.actions import post_notice
from yishiting.instruments.publicity.models import NoticeKind, PublicNotice
from yishiting.year.evaluation.models import Review, Reward
from yishiting.year.evaluation.permissions import MAY
from yishiting.year.evaluation.queries import not_yet_public, to_be_reviewed, unpublished, without_result
from yishiting.year.evaluation.states import LIFECYCLE, State
from yishiting.year.meetings.actions import add_item, note_item
from yishiting.year.meetings.models import ItemKind, Meeting, MeetingKind
from yishiting.year.meetings.queries import members, voters
from yishiting.year.meetings.states import State as MeetingState
from yishiting.year.projects.actions import fail_review, pass_review
from yishiting.year.projects.models import Project
from yishiting.year.projects.queries import at_work_on
from yishiting.year.projects.states import State as ProjectState
from yishiting.year.spending.actions.grants import FUND, set_aside
from yishiting.year.spending.queries import money_of


def _is_a_review(meeting: Meeting) -> Sentence | None:
    if meeting.kind == MeetingKind.REVIEW:
        return None
    return _("逐项评议在年末评审会（问效会）上进行。还没有评审会的，请先“筹备会议”。")


PROJECTS = Refs(
    _("要评议的项目"),
    lambda meeting: Project.objects.filter(place__in=acted_for(meeting.place)).select_related("place"),
    offered=lambda meeting: to_be_reviewed(meeting.place),
    missing=_("请选择要评议的项目。"),
    initial=lambda meeting: list(to_be_reviewed(meeting.place).values_list("pk", flat=True)),
)


@verb(
    "review.list",
    _("列入评议"),
    MAY,
    done=_("已列入评议，每个项目一项议题。"),
    conditions=(_is_a_review,),
)
def list_for_review(meeting: Meeting, *, by: Actor, projects: Annotated[Sequence[Project], PROJECTS]) -> list[Review]:
    """Put accepted projects on the agenda of the review meeting, one item for each."""
    found = [_listed(meeting, project, by) for project in projects]
    write_entry(meeting, projects=[str(one.project_id) for one in found])
    return found


def _may_be_rated(review: Review) -> Sentence | None:
    if review.meeting.state != MeetingState.OPEN:
        return _("会议正在进行时才能测评，请先“开会”。")
    poll = review.poll
    if poll is None or poll.state == PollState.VOID or without_result(poll):
        return None
    return _("这个项目已经测评过，或正在测评。计票以后“宣布评议结果”。")


HOW = OneOf(_("测评方式"), Method, initial=lambda review: Method.PAPER)


@verb(
    "review.take_vote",
    _("开始测评"),
    MAY,
    done=_("测评开始，应到名单已确定。"),
    conditions=(_may_be_rated,),
)
def take_vote(review: Review, *, by: Actor, method: Annotated[Method, HOW] = Method.PAPER) -> Review:
    """Open the satisfaction ballot on one project for those present at the meeting."""
    title = f"“{review.project.title}”满意度测评"
    poll = prepare_poll(review.place, by=by, kind=PollKind.SATISFACTION, method=method, title=title)
    review.poll = open_poll(poll, by=by, voters=voters(review.meeting, _standing_aside(review)))
    review.rules_label = poll.rules_label
    review.save(update_fields=["poll", "rules_label"])
    write_entry(review, rules=poll.rules_label, poll=str(poll.pk), method=str(method))
    return review


def _standing_aside(review: Review) -> dict[str, str]:
    """Those who did the work do not rate it: the members who answer for it or are on its team, with the reason."""
    doing = at_work_on(review.project)
    reason = "参加了这个项目的实施，对自己做的事回避"
    return {
        str(one.pk): reason for one in members(review.meeting) if any(same_name(one.name, other) for other in doing)
    }


def _has_a_result(review: Review) -> Sentence | None:
    poll = review.poll
    if poll is None or poll.state != PollState.COUNTED:
        return _("计票还没有完成。请先由两位同事分别录入计票，再宣布结果。")
    if without_result(poll):
        return format_lazy(_("{sentence}请让更多人参加，重新“开始测评”。"), sentence=poll.result["sentence"])
    return None


@verb("review.declare", _("宣布评议结果"), MAY, done=_("结果已宣布。"), conditions=(_has_a_result,))
def declare_review(review: Review, *, by: Actor) -> Review:
    """Announce the satisfaction of one project by the named formula: it passes the gate, or is put right once more."""
    result = _counted(review)
    passed = bool(result["passed"])
    LIFECYCLE.advance(review, "review.declare", to=State.PASSED if passed else State.FAILED)
    review.result = {**result, "says": result["sentence"]}
    review.declared_on = timezone.localdate()
    review.save(update_fields=["state", "result", "declared_on"])
    (pass_review if passed else fail_review)(review.project, by=by, review=str(review.pk))
    note_item(review.agenda_item, by=by, outcome=result["sentence"])
    write_entry(
        review, rules=review.rules_label, passed=passed, percentage=result["percentage"], answers=result["answers"]
    )
    return review


def _may_be_public(meeting: Meeting) -> Sentence | None:
    if not unpublished(meeting):
        return _("没有已经宣布、还没有公示的评议结果。请先“宣布评议结果”。")
    return not_yet_public(meeting) or None


@verb(
    "review.publicise",
    _("公示评议结果"),
    MAY,
    before=_("已经宣布的结果马上公开，居民可以提异议。公示以后结果不能再改。"),
    done=_("评议结果已公示。"),
    conditions=(_may_be_public,),
)
def publicise_reviews(meeting: Meeting, *, by: Actor) -> PublicNotice:
    """Make what a review meeting declared public, item by item, with every count, once nothing is left to declare in it."""
    done = unpublished(meeting)
    notice = _result_notice(meeting, done, by)
    Review.objects.filter(pk__in=[one.pk for one in done]).update(notice=notice)
    write_entry(meeting, notice=str(notice.pk), reviews=len(done))
    return notice


@in_chinese
def _result_notice(meeting: Meeting, done: Sequence[Review], by: Actor) -> PublicNotice:
    return post_notice(
        meeting.place,
        by=by,
        kind=NoticeKind.REVIEW,
        title=f"{meeting.title}满意度评议结果",
        body="下列实事项目由与会代表逐项评议，结果公示如下。",
        basis=meeting.title,
        table=_table(done),
        issuer=council_of(meeting.place, None),
        subject=meeting,
    )


def _listed(meeting: Meeting, project: Project, by: Actor) -> Review:
    if project.place.acting.pk != meeting.place_id or project.state != ProjectState.ACCEPTED:
        raise Refused(
            _("“%(title)s”还没有验收合格，或不是本地的项目，不能列入评议。") % {"title": project.title},
            field="projects",
        )
    if Review.objects.filter(project=project, meeting=meeting).exists():
        raise Refused(_("“%(title)s”已经列入这次评议。") % {"title": project.title}, field="projects")
    text = f"完成标准：{project.completion_standard}"
    item = add_item(meeting, by=by, kind=ItemKind.REVIEW, title=project.title, text=text, subject=project)
    return Review.objects.create(project=project, place=project.place, meeting=meeting, agenda_item=item)


def _counted(review: Review) -> dict[str, Any]:
    poll = review.poll
    if poll is None or poll.state != PollState.COUNTED:
        raise Refused(_("计票还没有完成。请先由两位同事分别录入计票，再宣布结果。"))
    return dict(poll.result)


def _table(reviews: Sequence[Review]) -> dict[str, Any]:
    rows = []
    for one in reviews:
        answers = one.result["answers"]
        counts = [answers[key] for key in ("satisfied", "mostly", "dissatisfied")]
        rows.append([one.project.title, *counts, one.result["percentage"], one.get_state_display()])
    head = [
        gettext("项目名称"),
        gettext("满意"),
        gettext("基本满意"),
        gettext("不满意"),
        gettext("满意率"),
        gettext("结果"),
    ]
    return {"columns": head, "rows": rows}


def _best_review(project: Project) -> Review | None:
    """The newest review the project passed."""
    return Review.objects.filter(project=project, state=State.PASSED).order_by("-declared_on").first()


def _has_earned_it(project: Project) -> Sentence | None:
    """By the rule of the place: passed with so much, and not rewarded yet."""
    review, book = _best_review(project), rules_for(project.place)
    if review is None:
        return _("项目年终评议达标以后才有奖励。没有评议的，请先“列入评议”。")
    if Reward.objects.filter(review=review).exists():
        return _("这次评议已经兑现过奖励，不能再兑现一次。")
    rate, gate = _rate_of(review), book.share("reward.gate")
    if rate is None or rate < gate:
        told = {"rate": review.result.get("percentage", ""), "gate": f"{float(gate * 100):g}%"}
        return format_lazy(_("满意率{rate}，没有到奖励线{gate}。"), **told)
    return None if _reward(project) else _("还没有支付过经费，或规则没有定奖励，算不出奖励。请先“登记支付”。")


def _rate_of(review: Review) -> Fraction | None:
    rate = review.result.get("rate")
    return Fraction(rate["exact"]) if rate else None


def _reward(project: Project) -> int:
    """The share of what was paid, in whole fen, rounded down."""
    return int(money_of(project).paid * rules_for(project.place).share("reward.share"))


@verb(
    "reward.make",
    _("兑现奖励"),
    MAY,
    before=lambda project: _("按规则应得奖励%(fen)s，安排给这个项目。") % {"fen": amount(_reward(project))},
    done=_("奖励已安排到项目，公开页面上可以看到。"),
    conditions=(_has_earned_it,),
)
def make_reward(project: Project, *, by: Actor, fund: Annotated[A[Fund], FUND]) -> Reward:
    """Set aside for a project what the result of its review earned it by the rule, once."""
    review, book, fen = _best_review(project), rules_for(project.place), _reward(project)
    if review is None:
        raise Refused(_("项目年终评议达标以后才有奖励。没有评议的，请先“列入评议”。"))
    basis = f"评议达标奖励：满意率{review.result['percentage']}"
    posting = set_aside(project, fund, fen, basis, by)
    reward = Reward.objects.create(
        project=project, place=project.place, review=review, posting=posting, fen=fen, rules_label=book.label
    )
    write_entry(reward, rules=book.label, project=str(project.pk), amount=fen, source=fund.source)
    return reward
