"""What contracts bind is not taken from a project by reversing how it came there."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yishiting.ground.common.money import amount
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.verbs import guards
from yishiting.instruments.funds.models import Posting, PostingKind
from yishiting.year.projects.models import Project
from yishiting.year.spending.models import Payment
from yishiting.year.spending.queries import money_of
from yishiting.year.spending.states import TO_BE_PAID


@guards("posting.reverse")
def bound_by_contracts(posting: Posting) -> Sentence | None:
    """A grant that contracts need stays as it is."""
    if posting.kind != PostingKind.COMMIT:
        return None
    project = Project.objects.get(pk=posting.debit.subject_id)
    free = money_of(project).free
    if free >= posting.fen:
        return None
    words = _("项目{number}的合同占用了这笔钱，只有{free}没有占用。请先终止合同，再冲正。")
    return format_lazy(words, number=project.number, free=amount(max(0, free)))


@guards("project.stop")
def payments_on_their_way(project: Project) -> Sentence | None:
    """A project is not stopped while a payment is on its way."""
    if Payment.objects.filter(contract__project=project, state__in=TO_BE_PAID).exists():
        return _("还有申请中的支付。请先支付或退回，再终止项目。")
    return None
