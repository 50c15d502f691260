"""An assessment from its rule table to the published result."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.actors import Actor
from yishiting.ground.common.days import chinese, said
from yishiting.ground.common.language import in_chinese
from yishiting.ground.common.parameters import Day, OneOf, Text, Whole, line
from yishiting.ground.common.predicates import Sentence
from yishiting.ground.common.refused import Refused
from yishiting.ground.common.row_parameters import Rows
from yishiting.ground.common.verbs import verb
from yishiting.ground.ledger.actions import write_entry
from yishiting.ground.notices.queries import told_of
from yishiting.ground.organisations.models import Organisation
from yishiting.ground.places.models import Level, Place
from yishiting.ground.seasons.due_days import due_after
from yishiting.ground.seasons.queries import rules_for
from yishiting.methods.errors import Unusable
from yishiting.methods.numbers import number
from yishiting.overview.assessment.actions.telling import tell_unit
from yishiting.overview.assessment.models import About, Assessment, Mark, RuleTable, UnitSheet
from yishiting.overview.assessment.permissions import MAY
from yishiting.overview.assessment.published import table_of
from yishiting.overview.assessment.queries import (
    assessed_places,
    assessed_units,
    counted_facts,
    counted_volumes,
    figures_of,
    open_appeals,
    owner_of,
    period_of,
    rules_of,
    sheets_of,
    unchecked,
)
from yishiting.overview.assessment.rules import CHECKED, NUMBERS, check, usual_table, written_row
from yishiting.overview.assessment.states import LIFECYCLE

YEAR = Whole(_("年度"), least=2000, most=2199, initial=lambda place: timezone.localdate().year)
DOCUMENT = line(_("依据文号"), most=80, hint=_("例如：京朝政发〔2026〕12号"))
REASON = Text(_("原因"), rows=3, missing=_("请写明原因，各单位会看到。"))


def _is_the_district(place: Place) -> Sentence | None:
    return None if place.level == Level.DISTRICT else _("千分制考核只由区里办理。请到区的工作台。")


@verb(
    "assessment.draft",
    _("拟定年度考核"),
    MAY,
    done=_("已拟定，规则表用的是通用的一版。请核对权重和目标，再“开始考核”。"),
    conditions=(_is_the_district,),
)
def draft(
    place: Place,
    *,
    by: Actor,
    year: Annotated[int, YEAR],
    about: Annotated[About, OneOf(_("考核谁"), About)],
    since: Annotated[date | None, Day(_("从哪一天算起"), hint=_("不写的，从这一年1月1日起。"))] = None,
    until: Annotated[date | None, Day(_("算到哪一天"), hint=_("不写的，到这一年12月31日。"))] = None,
) -> Assessment:
    """Begin the assessment of a year with the usual rule table."""
    first, last = since or date(year, 1, 1), until or date(year, 12, 31)
    if first.year != year or last.year != year:
        raise Refused(_("起止的日子要在考核的年度里。"), field="since" if first.year != year else "until")
    made = Assessment.objects.create(place=place, year=year, about=about, since=first, until=last)
    _keep_table(made, usual_table(about), "")
    write_entry(made, year=year, about=str(about), since=first.isoformat(), until=last.isoformat())
    return made


def _sources(assessment: Assessment | None) -> list[models.TextChoices]:
    kinds: Any = models.TextChoices
    figures = figures_of(assessment.about) if assessment is not None else ()
    pairs = [(one.code.upper(), (one.code, one.label)) for one in figures]
    return list(kinds("Source", [*pairs, ("CHECKED", (CHECKED, _("人工核定，要有证明材料")))]))


def _is_sound(row: Mapping[str, Any]) -> tuple[str, Sentence] | None:
    for name in NUMBERS:
        try:
            number(str(row[name] or "0"))
        except Unusable as problem:
            return name, problem.chinese
    if str(row["source"]) == CHECKED and not row["label"]:
        return "label", _("人工核定的，请写指标名称。")
    return None


def _decimal(label: Any, hint: Any = "") -> Text:
    return line(label, most=12, hint=hint)


TABLE = Rows(
    _("规则表"),
    columns={
        "source": OneOf(_("数据来源"), _sources),
        "label": line(_("指标名称"), most=80),
        "weight": Whole(_("权重"), least=1, most=1000),
        "full": Whole(_("满分"), least=1, most=1000),
        "target": _decimal(_("目标（%）")),
        "slope": _decimal(_("每差一个百分点扣几分")),
        "floor": _decimal(_("保底分")),
        "bonus": _decimal(_("超过目标最多加几分")),
        "veto": _decimal(_("一票否决线（%）")),
        "fewest": Whole(_("最少样本"), least=1, most=1000),
    },
    optional=("label", *NUMBERS),
    spare=2,
    sound=_is_sound,
    hint=_("权重加起来是1000。样本不到“最少样本”的不算百分比，它的权重分给其他指标。居民满意率的权重要最大。"),
    initial=lambda assessment: [
        {**rule, "label": rule["label"] if rule["source"] == CHECKED else ""} for rule in rules_of(assessment)
    ],
)


@verb("assessment.adopt_rules", _("定考核规则表"), MAY, done=_("规则表已确定，前面的版本都留着。"))
def adopt_rules(
    assessment: Assessment,
    *,
    by: Actor,
    rows: Annotated[Sequence[Mapping[str, Any]], TABLE],
    document: Annotated[str, DOCUMENT] = "",
) -> Assessment:
    """Adopt a new version of the rule table; an indicator on clicks, likes or log-ins, or weights that do not add up, are refused."""
    LIFECYCLE.advance(assessment, "assessment.adopt_rules")
    table = _keep_table(assessment, rows, document)
    write_entry(assessment, version=table.version, private={"document": document})
    return assessment


@in_chinese
def _keep_table(assessment: Assessment, rows: Sequence[Mapping[str, Any]], document: str) -> RuleTable:
    labels = {one.code: str(one.label) for one in figures_of(assessment.about)}
    before = {
        rule["label"]: rule["code"]
        for table in assessment.tables.all()
        for rule in table.rows
        if rule["source"] == CHECKED
    }
    kept, n = [], len(before)
    for row in rows:
        source = str(row["source"])
        label = str(row.get("label") or "").strip() or labels.get(source, "")
        n += source == CHECKED and label not in before
        one = written_row({**row, "source": source}, label, n)
        kept.append({**one, "code": before.get(label, one["code"])} if source == CHECKED else one)
    try:
        check(kept, assessment.about)
    except Unusable as problem:
        raise Refused(problem.chinese, field="rows") from None
    version = assessment.tables.count() + 1
    today = timezone.localdate()
    return RuleTable.objects.create(
        assessment=assessment, version=version, rows=kept, document=document, adopted_on=today
    )


def _has_units(assessment: Assessment) -> Sentence | None:
    today = timezone.localdate()
    if assessment.since > today:
        return _("%(day)s起才有可以计数的事，请到那天以后再“开始考核”。") % {"day": said(assessment.since, "plain")}
    if assessment.about == About.DEPARTMENTS and not assessed_units(assessment.place, today):
        return _("区里还没有登记职能部门。请先“登记组织”，再“开始考核”。")
    return None


@verb(
    "assessment.begin",
    _("开始考核"),
    MAY,
    done=lambda one: str(_("已列出各单位、按记录计数，请各单位自评。")) + told_of(*_steps(one, "begin")).words,
    conditions=(_has_units,),
)
def begin(
    assessment: Assessment,
    *,
    by: Actor,
    self_until: Annotated[date, Day(_("自评到哪一天"), ahead=True, missing=_("请写明自评到哪一天。"))],
) -> Assessment:
    """List the units, count everything from the record, and ask the units what they say of it until a day."""
    LIFECYCLE.advance(assessment, "assessment.begin")
    assessment.self_until, assessment.appeal_until = self_until, None
    _list_units(assessment)
    _count(assessment)
    assessment.save()
    write_entry(assessment, units=assessment.sheets.count(), until=self_until.isoformat())
    _tell_all(assessment, "begin", f"{_called(assessment)}开始，请在{chinese(self_until, 'plain')}以前核对计数并自评。")
    return assessment


def _list_units(assessment: Assessment) -> None:
    today, known = timezone.localdate(), set(assessment.sheets.values_list("code", flat=True))
    if assessment.about == About.SUBDISTRICTS:
        wanted: list[tuple[str, str, Place, Organisation | None]] = [
            (one.code, one.name, one, None) for one in assessed_places(assessment.place, today)
        ]
    else:
        units = assessed_units(assessment.place, today)
        wanted = [(f"{assessment.place.code}-{one.pk.hex[:8]}", one.name, assessment.place, one) for one in units]
    UnitSheet.objects.bulk_create(
        UnitSheet(assessment=assessment, code=code, name=name, place=place, unit=unit)
        for code, name, place, unit in wanted
        if code not in known
    )
    rules = rules_of(assessment)
    for sheet in sheets_of(assessment):
        there = {mark.code for mark in sheet.marks.all()}
        Mark.objects.bulk_create(
            Mark(sheet=sheet, place=sheet.place, position=n, code=rule["code"], label=rule["label"])
            for n, rule in enumerate(rules, start=1)
            if rule["code"] not in there
        )


def _count(assessment: Assessment) -> int:
    """Count anew; how many figures came out otherwise than before."""
    today = timezone.localdate()
    period, sheets, changed = period_of(assessment, today), list(sheets_of(assessment)), 0
    owners = [owner_of(one) for one in sheets]
    facts, amounts = counted_facts(assessment, period, owners), counted_volumes(assessment, period, owners)
    for sheet in sheets:
        owner = owner_of(sheet)
        for mark in sheet.marks.all():
            one = facts.get(mark.code, {}).get(owner)
            if one is not None and (mark.good, mark.total) != (one.good, one.total):
                mark.good, mark.total = one.good, one.total
                mark.save(update_fields=["good", "total"])
                changed += 1
        if (had := amounts.get(owner, {})) != sheet.volumes:
            sheet.volumes = had
            sheet.save(update_fields=["volumes"])
    assessment.counted_on = today
    return changed


@verb("assessment.count", _("重新计数"), MAY, done=_("已按现在的记录重新计数。"))
def count(assessment: Assessment, *, by: Actor) -> Assessment:
    """Count everything anew, after the records behind a figure were put right."""
    LIFECYCLE.advance(assessment, "assessment.count")
    changed = _count(assessment)
    assessment.save(update_fields=["counted_on"])
    write_entry(assessment, changed=changed)
    return assessment


def _is_checked(assessment: Assessment) -> Sentence | None:
    if (mark := unchecked(assessment).select_related("sheet").first()) is not None:
        words = {"unit": mark.sheet.name, "item": mark.label}
        return _("%(unit)s的“%(item)s”还没有核定。请先“核定得分”，或认定容错免考。") % words
    waits = assessment.sheets.filter(self_scored_on=None).exists()
    if waits and assessment.self_until is not None and timezone.localdate() <= assessment.self_until:
        day = said(assessment.self_until, "plain")
        return _("有的单位还没有自评，自评到%(day)s为止。都自评了，或过了这一天，再“告知结果”。") % {"day": day}
    return None


@verb(
    "assessment.announce",
    _("告知结果"),
    MAY,
    before=_("各单位会看到自己的得分和每一项的依据，可以申诉。这时还不对外公布。"),
    done=lambda one: str(_("申诉期从今天起算。")) + told_of(*_steps(one, "announce")).words,
    conditions=(_is_checked,),
)
def announce(assessment: Assessment, *, by: Actor) -> Assessment:
    """Let each unit know what it came to, and let it appeal for so many working days."""
    LIFECYCLE.advance(assessment, "assessment.announce")
    book = rules_for(assessment.place)
    assessment.appeal_until = due_after(timezone.localdate(), book.number("assessment.appeal_workdays"))
    assessment.save(update_fields=["state", "appeal_until"])
    write_entry(assessment, rules=book.label, until=assessment.appeal_until.isoformat())
    day = chinese(assessment.appeal_until, "plain")
    _tell_all(
        assessment, "announce", f"{_called(assessment)}已经算出，请查看每一项的依据。不同意的，{day}以前可以申诉。"
    )
    return assessment


def _appeals_over(assessment: Assessment) -> Sentence | None:
    if (mark := open_appeals(assessment).select_related("sheet").first()) is not None:
        words = {"unit": mark.sheet.name, "item": mark.label}
        return _("%(unit)s对“%(item)s”的申诉还没有答复。请先“答复申诉”。") % words
    if assessment.appeal_until is not None and timezone.localdate() <= assessment.appeal_until:
        return _("申诉期到%(day)s为止，过了这一天再“公布考核结果”。") % {"day": said(assessment.appeal_until, "plain")}
    return None


@verb(
    "assessment.publish",
    _("公布考核结果"),
    MAY,
    before=_("规则、每个单位的计数、得分和数量按区划代码的次序公开，不排名次，任何人都可以复算。"),
    done=_("考核结果已公布。"),
    conditions=(_appeals_over,),
)
def publish(assessment: Assessment, *, by: Actor) -> Assessment:
    """Publish the table as it was computed, in the order of codes, for anybody to compute anew."""
    LIFECYCLE.advance(assessment, "assessment.publish")
    assessment.published, assessment.published_on = _table(assessment), timezone.localdate()
    assessment.save(update_fields=["state", "published", "published_on"])
    write_entry(assessment, units=len(assessment.published["units"]), version=assessment.published["version"])
    return assessment


@in_chinese
def _table(assessment: Assessment) -> dict[str, Any]:
    return table_of(assessment)


@verb(
    "assessment.reopen",
    _("重新拟定"),
    MAY,
    done=lambda one: str(_("已退回拟定。")) + told_of(*_steps(one, "reopen")).words,
    kind="danger",
)
def reopen(assessment: Assessment, *, by: Actor, reason: Annotated[str, REASON]) -> Assessment:
    """Go back to the rule table, with the reason; what was published before stays in the record."""
    LIFECYCLE.advance(assessment, "assessment.reopen")
    assessment.published_on, assessment.published = None, {}
    assessment.save(update_fields=["state", "published_on", "published"])
    write_entry(assessment, private={"reason": reason})
    _tell_all(assessment, "reopen", f"{_called(assessment)}退回重新拟定：{reason}")
    return assessment


@verb("assessment.withdraw", _("撤销考核"), MAY, done=_("这次考核已撤销。"), kind="danger")
def withdraw(assessment: Assessment, *, by: Actor, reason: Annotated[str, REASON]) -> Assessment:
    """Withdraw an assessment that was drafted wrongly; it stays on file."""
    LIFECYCLE.advance(assessment, "assessment.withdraw")
    assessment.save(update_fields=["state"])
    write_entry(assessment, private={"reason": reason})
    _tell_all(assessment, "withdraw", f"{_called(assessment)}已撤销：{reason}")
    return assessment


def _steps(assessment: Assessment, step: str) -> list[str]:
    sheets = assessment.sheets.values_list("pk", flat=True)
    return [_step(step, assessment, key) for key in sheets]


def _step(step: str, assessment: Assessment, key: Any) -> str:
    return f"assessment.{step}:{key}:{assessment.revision}"


@in_chinese
def _called(assessment: Assessment) -> str:
    return str(assessment)


def _tell_all(assessment: Assessment, step: str, body: str) -> None:
    for sheet in sheets_of(assessment):
        tell_unit(sheet, _step(step, assessment, sheet.pk), body)
