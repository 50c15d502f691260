"""Who may vote in what, how, and until when: said on the public page of everything that is voted on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yishiting.doors.web.shared.shapes import Link, Words
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.accounts.models import Person
from yishiting.ground.places.models import Place
from yishiting.ground.places.organs import local_words
from yishiting.year.budgeting.models import BudgetVote, Way
from yishiting.year.budgeting.queries import open_for
from yishiting.year.budgeting.states import State as VoteState
from yishiting.year.councils.models import Term
from yishiting.year.councils.states import State as TermState
from yishiting.year.meetings.models import Meeting
from yishiting.year.meetings.states import State as MeetingState


@dataclass(frozen=True, slots=True)
class TakingPart:
    """Who votes, how one does it, until when; and the links that lead on."""

    who: Words
    how: Sequence[Words]
    links: list[Link] = field(default_factory=list)


def in_budget_vote(vote: BudgetVote, entitled: int, person: Person | None) -> TakingPart | None:
    """Those on the register; everybody else may speak to them."""
    if vote.state != VoteState.OPEN:
        return None
    who = _("名册上的%(n)s人，一人一票：议事代表，和列入名册的居民。名册在表决开始时定下，后来的不在内。") % {
        "n": entitled
    }
    how = [
        _("议事代表：用手机号登录，在“代表”里投票，或者到居（村）委会领纸质选票，两样只能用一样。"),
        _("名册上的居民：到居（村）委会领纸质选票，填好投进票箱。"),
        _("%(day)s截止。投票以后不能改。") % {"day": cn_date(vote.closes)},
        _("不在名册上的：您的想法可以告诉本楼本片的代表，也可以提一条建议。"),
    ]
    return TakingPart(who, how, [*_own_ballot(vote, person), _representatives(vote.place)])


def _own_ballot(vote: BudgetVote, person: Person | None) -> list[Link]:
    here = reverse("public-budget-vote", args=[vote.pk])
    if person is None:
        return [Link(_("我是代表，登录投票"), f"{reverse('sign-in')}?next={here}")]
    mine = [one for one in open_for(person, timezone.localdate()) if one.vote_id == vote.pk]
    says = {str(Way.NOT_YET): _("去投票"), str(Way.PHONE): _("您已投票，看您选的"), str(Way.PAPER): _("您领了纸质选票")}
    return [Link(says[str(one.way)], reverse("my-budget-vote", args=[one.pk])) for one in mine]


def _representatives(place: Place) -> Link:
    return Link(_("看谁是代表"), reverse("council", args=[place.code]))


def in_election(term: Term, held_on: date | None) -> TakingPart | None:
    """Who may stand, who votes, and where."""
    votes = _("居民代表会议的代表投票或举手表决，过半数的人到会才能选。别的居（村）民可以推荐、自荐、提异议、旁听。")
    who = local_words(votes, term.place)
    council = reverse("council", args=[term.place.code])
    if term.state == TermState.NOMINATING:
        how = [
            _("现在：提名推荐。年满18周岁、住在或者在这里工作的人都可以被推荐，也可以自荐。"),
            _("推荐别人：到居（村）委会登记。自荐：登录以后在网上填，也可以到居（村）委会填表。"),
        ]
        return TakingPart(who, how, [Link(_("我要自荐"), reverse("stand", args=[term.place.code]))])
    if term.state == TermState.PUBLICISING:
        how = [_("现在：候选人公示。对候选人有意见的，公示期内可以提异议，不用登录。")]
        return TakingPart(who, how, [Link(_("看候选人名单"), reverse("council-candidates", args=[term.place.code]))])
    if term.state == TermState.ELECTING:
        when = _("%(day)s开会选举。") % {"day": cn_date(held_on)} if held_on else _("开会的日期定下来以后在这里公布。")
        how = [when, _("到会领票，无记名填写，当场唱票、计票，当场宣布结果；在网上不能投。")]
        return TakingPart(who, how, [Link(_("看议事协商会"), council)])
    return None


def in_review(meeting: Meeting) -> TakingPart | None:
    """The satisfaction vote of a review meeting."""
    if meeting.state not in (MeetingState.CONVENED, MeetingState.OPEN):
        return None
    who = _("到会的议事代表逐项测评：满意、基本满意、不满意。做这件事的人（责任人和实施小组成员）对自己的项目回避。")
    how = [
        _("在会场填纸质测评票，或者举手；当场计票。在网上不能投。"),
        _("不是代表的：可以旁听，也可以在会前把您的看法告诉代表，或者提一条建议。"),
    ]
    return TakingPart(who, how, [_representatives(meeting.place)])
