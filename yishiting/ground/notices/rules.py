"""Which messages also go by e-mail, when a failed one is tried again, and when it is given up."""

from dataclasses import dataclass
from datetime import datetime, timedelta

#: Minutes to wait after the first, second … failure; after the last one the message is given up.
WAITS = (1, 5, 30, 120, 360, 1440)
#: A row claimed for so long without an answer was left by a process that died; it is taken up again.
LEASE = timedelta(minutes=10)
#: For so long the address of a message that is done with is kept, in case it has to be looked into.
ADDRESSES_KEPT = timedelta(days=30)
#: A status callback or signed request is good for so long.
SIGNED_FOR = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Policy:
    """How the messages of one template travel besides the inbox on site."""

    says: str
    email: bool = False
    text: bool = False
    digest: bool = False
    minutes: int | None = None


#: By the whole name of a template, or by its noun (what stands before the point).
POLICIES: dict[str, Policy] = {
    "code": Policy("登录验证码", minutes=5),
    "late": Policy("超期提醒", email=True, digest=True),
    "meeting": Policy("会议通知", email=True, text=True),
    "suggestion": Policy("建议进展", email=True),
    "objection": Policy("异议答复", email=True),
    "candidate": Policy("候选人通知", email=True),
    "representative": Policy("代表通知", email=True),
    "proposal": Policy("建议案进展", email=True, digest=True),
    "project": Policy("实事项目进展", email=True, digest=True),
    "needs_report": Policy("报区清单", email=True),
    "listed_matter": Policy("报区事项", email=True),
    "sitting": Policy("主任办公会的决定", email=True),
    "matter": Policy("区级办理事项", email=True),
    "council_question": Policy("征求社区议事协商会意见", email=True),
    "inquiry": Policy("政策程序问题的答复", email=True),
    "third_party": Policy("第三方评价", email=True),
    "assessment": Policy("年度考核", email=True),
    "breach": Policy("公约反映的答复", email=True),
    "place": Policy("区划变动", email=True),
    "unit": Policy("转给单位的事", email=True, text=True),
    "digest": Policy("每日汇总"),
}
ON_SITE_ALONE = Policy("站内消息")
#: What loses its use within minutes goes before everything else.
URGENT = frozenset(name for name, policy in POLICIES.items() if policy.minutes is not None)
#: Due for so long and not sent: nobody is sending.
STANDS_STILL = timedelta(minutes=10)
STANDS_STILL_URGENT = timedelta(minutes=1)


def policy_of(template: str) -> Policy:
    """The policy of a template; an unknown one stays on site."""
    return POLICIES.get(template) or POLICIES.get(template.partition(".")[0], ON_SITE_ALONE)


def next_try(attempts: int, now: datetime) -> datetime | None:
    """When to try again after so many tries; None when it is time to give up."""
    return now + timedelta(minutes=WAITS[attempts - 1]) if attempts <= len(WAITS) else None


def is_too_old(template: str, queued_at: datetime, now: datetime) -> bool:
    """Whether the message has lost its use, as a sign-in code after five minutes."""
    minutes = policy_of(template).minutes
    return minutes is not None and now - queued_at > timedelta(minutes=minutes)
