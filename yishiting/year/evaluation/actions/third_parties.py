"""Third parties: an evaluator from outside sees one project until a day, reports on it and scores what it came to."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.accounts.models import Person
from yishiting.ground.accounts.queries import staff_matching
from yishiting.ground.common.days import chinese
from yishiting.ground.common.parameters import A, Day, Files, Ref, Text, Whole, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.verbs import verb
from yishiting.ground.files.actions import attach
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.notices.actions import tell
from yishiting.ground.notices.models import Audience
from yishiting.ground.notices.queries import told_of
from yishiting.ground.organisations.queries import works_around
from yishiting.ground.seasons.queries import rules_for
from yishiting.methods.exact import decimal
from yishiting.year.evaluation.models import ThirdParty
from yishiting.year.evaluation.permissions import MAY
from yishiting.year.evaluation.states import THIRD_PARTY_LIFECYCLE
from yishiting.year.projects.models import Project
from yishiting.year.projects.states import State as ProjectState

FINISHED = (ProjectState.COMPLETED, ProjectState.ACCEPTED, ProjectState.REVIEWED)
WHO = Ref(
    _("评价人"),
    lambda _thing: Person.objects.filter(is_active=True),
    offered=lambda _thing: Person.objects.filter(is_staff_member=True, is_active=True).order_by("login"),
    find=lambda rows, words: rows.filter(pk__in=staff_matching(words).values("pk")),
    called=lambda one: f"{one.name}（{one.login}）",
    hint=_("写姓名、登录名或手机号。还没有账号的，请系统管理员先开通，不用任职。"),
)
REPORT = Files(_("报告的文件"), hint=_("盖章的报告，PDF 或 Word。"))


def _is_finished(project: Project) -> Sentence | None:
    if project.state in FINISHED:
        return None
    return _("完工以后才能请第三方评价。完工的请先“报告完工”。")


@verb(
    "third_party.invite",
    _("邀请第三方评价"),
    MAY,
    done=lambda one: str(_("已邀请，到期以后看不到这个项目的材料。")) + told_of(_step(one, "invite")).words,
    conditions=(_is_finished,),
)
def invite_third_party(
    project: Project,
    *,
    by: Actor,
    evaluator: Annotated[A[Person], WHO],
    institution: Annotated[str, line(_("评价机构"), most=80, missing=_("请写明是哪个机构。"))],
    until: Annotated[date, Day(_("评价到哪一天"), ahead=True, missing=_("请写明评价到哪一天。"))],
    question: Annotated[str, Text(_("请评价什么"), rows=4, missing=_("请写明请它评价什么。"))],
) -> ThirdParty:
    """Invite somebody from outside to evaluate a finished project: they see that project alone, until a day."""
    if works_around(evaluator, project.place):
        raise Refused(_("第三方不能是本地或上级的工作人员，请另选一位。"), field="evaluator")
    today = timezone.localdate()
    made = ThirdParty.objects.create(
        project=project,
        place=project.place,
        evaluator=evaluator,
        institution=institution,
        question=question,
        invited_on=today,
        until=until,
    )
    write_entry(
        made,
        project=str(project.pk),
        until=until.isoformat(),
        private={"institution": institution, "question": question, "evaluator": evaluator.login or ""},
    )
    tell(
        evaluator,
        once=_step(made, "invite"),
        template="third_party.invite",
        subject="邀请您评价一个项目",
        body=f"请在{chinese(until, 'plain')}以前评价“{project.title}”，并提交报告。{question}",
        audience=Audience.PUBLIC,
        about=made,
        place_code=project.place.code,
    )
    return made


def _score(label: Any, hint: Any) -> Whole:
    return Whole(label, least=0, most=100, hint=hint)


@verb("third_party.hand_in", _("提交评价报告"), MAY, done=_("报告已提交，评议的时候和项目材料放在一起。"))
def hand_in_report(
    third_party: ThirdParty,
    *,
    by: Person,
    report: Annotated[str, Text(_("评价报告"), rows=10, missing=_("请写明评价的结论和依据。"))],
    beneficiaries: Annotated[int, Whole(_("受益人数"), most=20_000_000, missing=_("请写受益人数。"))],
    counted_by: Annotated[str, line(_("受益人数依据"), missing=_("请写明怎么数的，例如：3号楼住户登记数。"))],
    benefit: Annotated[int, _score(_("社会效益得分"), _("0到100：问题解决了没有，居民生活有什么变化。"))],
    sustainability: Annotated[int, _score(_("可持续性得分"), _("0到100：有没有人管、有没有钱维护、能不能一直用。"))],
    files: Annotated[Sequence[Any], REPORT] = (),
) -> ThirdParty:
    """Report on a project and score its indicators; the weighted score is computed by the rulebook and kept with it."""
    THIRD_PARTY_LIFECYCLE.advance(third_party, "third_party.hand_in")
    book = rules_for(third_party.place)
    weight = book.number("third_party.benefit_weight")
    third_party.report, third_party.beneficiaries, third_party.counted_by = report, beneficiaries, counted_by
    third_party.benefit, third_party.sustainability, third_party.weight = benefit, sustainability, weight
    third_party.weighted = decimal(Fraction(weight * benefit + (100 - weight) * sustainability, 100))
    third_party.handed_in_on, third_party.rules_label = timezone.localdate(), book.label
    third_party.save()
    write_entry(
        third_party,
        rules=book.label,
        project=str(third_party.project_id),
        beneficiaries=beneficiaries,
        private={"report": report},
    )
    for file in files:
        attach(third_party, file, by=by, purpose="report", public=True, caption="第三方评价报告")
    return third_party


@verb("third_party.withdraw", _("撤回邀请"), MAY, done=_("邀请已撤回，对方看不到这个项目的材料了。"), kind="danger")
def withdraw_third_party(
    third_party: ThirdParty,
    *,
    by: Actor,
    reason: Annotated[str, Text(_("原因"), rows=3, missing=_("请写明为什么撤回。"))],
) -> ThirdParty:
    """Take an invitation back that went to the wrong person or has become needless."""
    THIRD_PARTY_LIFECYCLE.advance(third_party, "third_party.withdraw")
    third_party.save(update_fields=["state"])
    write_entry(third_party, project=str(third_party.project_id), private={"reason": reason})
    return third_party


def _step(third_party: ThirdParty, step: str) -> str:
    return f"third_party.{step}:{third_party.pk}"
