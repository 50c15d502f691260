"""The words a unit keeps for its answers; an answer begins from them and is written out by whoever gives it."""

from typing import Annotated

from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.parameters import Text, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.organisations.models import Organisation
from yishiting.year.matters.models import AnswerTemplate
from yishiting.year.matters.permissions import MAY

NAME = line(_("名称"), most=40, hint=_("例如：已列入年度养护计划。"), missing=_("请给模板起个名称。"))
WORDS = Text(
    _("答复模板"),
    rows=6,
    hint=_("要按每件事改的地方留空。不要写居民的姓名、电话和住址。"),
    missing=_("请写答复模板。"),
)


@verb("answer_template.keep", _("新增答复模板"), MAY, done=_("模板已保存，答复时可以选用。"))
def keep_template(
    unit: Organisation, *, by: Actor, name: Annotated[str, NAME], text: Annotated[str, WORDS]
) -> AnswerTemplate:
    """Keep words that answers of a unit begin from."""
    made = AnswerTemplate.objects.create(unit=unit, place=unit.place, name=name, text=text)
    write_entry(made, unit=str(unit.pk), private={"name": name, "text": text})
    return made


def _is_used(template: AnswerTemplate) -> Sentence | None:
    return None if template.live else _("这个模板已经撤下。要再用的，请“新增答复模板”。")


@verb("answer_template.drop", _("撤下模板"), MAY, conditions=(_is_used,), kind="danger", done=_("模板已撤下。"))
def drop_template(template: AnswerTemplate, *, by: Actor) -> AnswerTemplate:
    """Offer it no longer; answers given with it stay as they are."""
    template.live = False
    template.save(update_fields=["live"])
    write_entry(template, unit=str(template.unit_id))
    return template
