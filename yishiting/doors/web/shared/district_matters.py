"""A matter of the district as its pages show it: who decided what, who handles it, how far it is, what was answered."""

from django.urls import reverse
from django.utils.translation import gettext as _

from yishiting.doors.web.shared.district_parts import parts_of
from yishiting.doors.web.shared.shapes import Fact
from yishiting.doors.web.shared.templatetags.yishiting_ui import cn_date
from yishiting.ground.common.masking import public_words
from yishiting.year.matters.choices import CoordinationKind
from yishiting.year.matters.models import Decision, Matter, Opinion, WorkPlan
from yishiting.year.matters.queries import bases_of
from yishiting.year.matters.states import OVER, PUBLIC, State

#: What a page tells of the work; nothing of it is public before the last body has decided.
TOLD = ("plan", "plans_before", "specials", "results", "handling", "dispatched", "steps", "visits")
#: It is decided who is to handle it, and not yet dispatched.
TO_BE_DISPATCHED = (State.DECIDED, State.PUBLICISED)


def facts_of(matter: Matter, room: str, *, inside: bool = False) -> list[Fact]:
    """Number, where it came from, its class, since when, by when; at the desk also what it needs at the end.

    `inside`: whoever reads it also reads, at the desk, the proposals it came from.
    """
    found = [Fact(_("编号"), matter.number), Fact(_("归口"), matter.get_line_display())]
    found += [
        Fact(
            _("来自"),
            _("%(place)s：%(title)s") % {"place": one.place, "title": one.title},
            proposal_page("desk" if inside else "public", one.pk),
        )
        for one in bases_of(matter)
    ]
    if matter.category is not None:
        found.append(Fact(_("类别"), matter.category.name))
    if matter.difficulty:
        found.append(Fact(_("疑难类别"), matter.get_difficulty_display()))
    found.append(Fact(_("收到日期"), cn_date(matter.received_on)))
    if matter.decided_on is not None:
        found.append(Fact(_("决策日期"), cn_date(matter.decided_on)))
    if matter.due is not None and matter.state not in OVER:
        found.append(Fact(_("期限"), cn_date(matter.due)))
    if matter.notice is not None:
        page = "desk-notice" if room == "desk" and inside else "notice"
        found.append(Fact(_("公示"), matter.notice.number, reverse(page, args=[matter.notice_id])))
    if room == "desk":
        found += [Fact(_("涉及法律问题"), _("是"))] if matter.touches_law else []
        found += [Fact(_("办结须有结论"), matter.needs_finding)] if matter.needs_finding else []
    return found


def proposal_page(room: str, key: object) -> str:
    """The page of a proposal in a room."""
    return reverse("public-proposal" if room == "public" else "desk-proposal", args=[key])


def decided(matter: Matter, *, public: bool) -> list[Decision]:
    """What bodies decided, oldest first; everybody's with the last decision, but for what offices returned."""
    if public and matter.state not in PUBLIC:
        return []
    rows = parts_of(matter).decisions
    return [one for one in rows if one.verdict != "returned"] if public else rows


def handling_facts(matter: Matter) -> list[Fact]:
    """Who is to handle it, with whom, how and by when, by the proposed handling in force."""
    handling = parts_of(matter).handling
    if handling is None:
        return []
    partners = _("、").join(str(one) for one in parts_of(matter).partners)
    return [
        Fact(_("主办单位"), handling.lead),
        *([Fact(_("协办单位"), partners)] if partners else []),
        Fact(_("责任人"), handling.person),
        Fact(_("工作方案"), handling.plan),
        Fact(_("完成标准"), handling.standard),
        Fact(_("完成时限"), cn_date(handling.deadline)),
    ]


def plan_facts(plan: WorkPlan | None) -> list[Fact]:
    """Department, person, measures, standard and deadline of the plan in force."""
    if plan is None:
        return []
    return [
        Fact(_("责任部门"), plan.department),
        Fact(_("责任人"), plan.person),
        Fact(_("实施方案"), plan.measures),
        Fact(_("完成标准"), plan.standard),
        Fact(_("完成时限"), cn_date(plan.deadline)),
    ]


def said_by(opinion: Opinion) -> list[Fact]:
    """What a department said: stance, legality, feasibility, basis."""
    found = [
        Fact(_("意见"), opinion.get_stance_display()),
        Fact(_("合法合规"), opinion.legality),
        Fact(_("可行性"), opinion.feasibility),
        Fact(_("依据"), opinion.basis),
        Fact(_("建议由谁承办"), opinion.suggested),
    ]
    return [one for one in found if one.value]


def work_on(matter: Matter) -> dict[str, object]:
    """Plan, special consultations, answers and ratings, as the desk and the public page share them."""
    parts = parts_of(matter)
    said = [(one, public_words(one.words)) for one in parts.ratings]
    return {
        "matter": matter,
        "plan": plan_facts(parts.plans[-1] if parts.plans else None),
        "plans_before": parts.plans[:-1],
        "specials": [one for one in parts.specials if one.verdict],
        "results": [(one, [row for row in said if row[0].result_id == one.pk]) for one in parts.results],
    }


def shown_to_all(matter: Matter) -> dict[str, object]:
    """What everybody may follow; before the last body has decided nothing of it is told."""
    if matter.state not in PUBLIC:
        return {"matter": matter, **dict.fromkeys(TOLD, ())}
    return {
        **work_on(matter),
        "handling": handling_facts(matter) if matter.state in TO_BE_DISPATCHED else [],
        "dispatched": parts_of(matter).in_force,
        "steps": parts_of(matter).steps,
        "visits": [
            (one, public_words(one.got)) for one in parts_of(matter).coordinations if one.kind == CoordinationKind.VISIT
        ],
    }
