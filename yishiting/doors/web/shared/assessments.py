"""An assessment as pages show it: rules, sheets and cases, each figure with the list it counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from yishiting.doors.web.shared.shapes import Button, Fact, Words
from yishiting.ground.common.days import said
from yishiting.methods.assessment import written
from yishiting.overview.assessment.models import Assessment
from yishiting.overview.assessment.published import Computed, Line
from yishiting.overview.assessment.queries import is_checked
from yishiting.overview.insights.counting import Figure
from yishiting.overview.insights.judged import EVERY
from yishiting.overview.insights.volumes import LABELS

#: So many cases are shown on a page at most.
CASES_SHOWN = 500


@dataclass(frozen=True, slots=True)
class RowShown:
    """One row of a sheet as it is drawn."""

    label: str
    counted: Words
    url: str
    rate: str
    score: str
    share: str
    brings: str
    notes: tuple[Words, ...]
    verbs: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitShown:
    """One unit in the table of an assessment."""

    name: str
    code: str
    url: str
    volumes: str
    total: str
    notes: tuple[Words, ...]
    rows: tuple[RowShown, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One case behind a figure."""

    says: str
    url: str
    day: Any
    well: Words
    place: str


def facts_of(assessment: Assessment) -> list[Fact]:
    """When it counts from, by which version, until when units may speak."""
    table = assessment.tables.order_by("-version").first()
    days = (
        (_("自评截止"), assessment.self_until),
        (_("申诉截止"), assessment.appeal_until),
        (_("计数日期"), assessment.counted_on),
        (_("公布日期"), assessment.published_on),
    )
    version = f"{table}（{table.document}）" if table is not None and table.document else str(table or "")
    between = _("%(since)s至%(until)s") % {
        "since": said(assessment.since, "plain"),
        "until": said(assessment.until, "plain"),
    }
    return [
        Fact(_("考核期"), between),
        Fact(_("规则表"), version),
        *(Fact(label, said(day, "plain")) for label, day in days if day is not None),
    ]


def volumes_said(volumes: Mapping[str, int]) -> str:
    """How much a unit had, of each kind, in one line."""
    return _("、").join(f"{LABELS[name]}{n}" for name, n in volumes.items() if name in LABELS)


def rule_said(rule: Mapping[str, Any]) -> str:
    """By what a row is scored, in one sentence."""
    if is_checked(rule):
        return _("人工核定，要有系统里已有的证明材料")
    words = {name: _plain(rule.get(name, "")) for name in ("target", "slope", "floor", "bonus", "veto")}
    said_of = _("目标%(target)s%%，每差一个百分点扣%(slope)s分，保底%(floor)s分") % words
    if words["bonus"] not in ("", "0"):
        said_of += _("，超过目标最多加%(bonus)s分") % words
    if words["veto"]:
        said_of += _("，低于%(veto)s%%一票否决") % words
    return said_of


def _plain(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def why_no_score(counted: int, fewest: int, *, exempt: bool, checked: bool) -> Words:
    """Why a row brings nothing and gives its weight away."""
    if exempt:
        return _("容错免考，权重分给其他指标")
    if checked:
        return _("还没有核定")
    if not counted:
        return _("没有这类事项，权重分给其他指标")
    return _("不到%(n)s件，不算百分比，权重分给其他指标") % {"n": fewest}


def row_shown(line: Line, *, verbs: Iterable[Button] = ()) -> RowShown:
    """One row for the district and the unit: with what was said, appealed and answered."""
    mark, scored, checked = line.mark, line.scored, is_checked(line.rule)
    exempt = mark.exempted_on is not None
    notes: list[Words] = []
    if scored.score is None:
        notes.append(why_no_score(mark.total, line.rule["fewest"], exempt=exempt, checked=checked))
    if scored.vetoed:
        notes.append(_("低于一票否决线"))
    if exempt:
        notes.append(f"{mark.exempt_because}（{mark.exempt_document}）")
    told = (
        (_("自评"), _self_said(mark)),
        (_("核定说明"), mark.checked_words),
        (_("申诉"), mark.appeal),
        (_("申诉成立") if mark.upheld else _("申诉不成立"), mark.answer),
    )
    notes += [f"{label}：{words}" for label, words in told if words]
    counted = mark.evidence if checked else f"{mark.good}/{mark.total}"
    url = reverse("desk-mark", args=[mark.pk]) if (mark.total and not checked) or mark.evidence_id else ""
    return RowShown(
        mark.label,
        counted or "—",
        url,
        f"{written(scored.rate)}%" if scored.rate is not None else "—",
        written(scored.score) or "—",
        written(scored.share),
        written(scored.brings),
        tuple(notes),
        tuple(verbs),
    )


def _self_said(mark: Any) -> str:
    points = _("%(n)s分") % {"n": mark.own_score} if mark.own_score is not None else ""
    return " ".join(word for word in (points, mark.self_words) if word)


def unit_shown(one: Computed) -> UnitShown:
    """One unit in the table of the district, before it is public."""
    waits = [line.mark for line in one.lines if line.mark.appealed_on and not line.mark.answered_on]
    notes = [] if one.sheet.self_scored_on else [_("还没有自评")]
    notes += [_("申诉待答复：%(items)s") % {"items": _("、").join(mark.label for mark in waits)}] if waits else []
    notes += [_("一票否决")] if one.assessed.vetoed else []
    return UnitShown(
        one.sheet.name,
        one.sheet.code,
        reverse("desk-unit-sheet", args=[one.sheet.pk]),
        volumes_said(one.sheet.volumes),
        written(one.assessed.total),
        tuple(notes),
    )


def published_units(table: Mapping[str, Any]) -> list[UnitShown]:
    """The units of a published table, in its order: that of the codes."""
    rules = {rule["code"]: rule for rule in table["rules"]}
    return [_published(unit, rules) for unit in table["units"]]


def _published(unit: Mapping[str, Any], rules: Mapping[str, Any]) -> UnitShown:
    notes = (_("一票否决"),) if unit["vetoed"] else ()
    rows = tuple(_published_row(mark, rules[mark["code"]]) for mark in unit["marks"])
    return UnitShown(unit["name"], unit["code"], "", volumes_said(unit["volumes"]), unit["total"], notes, rows)


def _published_row(mark: Mapping[str, Any], rule: Mapping[str, Any]) -> RowShown:
    checked, exempt, notes = is_checked(rule), bool(mark.get("exempt")), []
    if not mark["score"]:
        notes.append(why_no_score(mark["total"], rule["fewest"], exempt=exempt, checked=checked))
    if exempt:
        notes.append(_("认定文号：%(document)s") % {"document": mark["document"]})
    if "appeal" in mark:
        notes.append(_("申诉成立") if mark["appeal"] == "upheld" else _("申诉不成立"))
    counted = mark.get("evidence", "—") if checked else f"{mark['good']}/{mark['total']}"
    rate = f"{mark['rate']}%" if mark["rate"] else "—"
    return RowShown(rule["label"], counted, "", rate, mark["score"] or "—", mark["share"], mark["brings"], tuple(notes))


#: Where a case of a kind is shown: the page at the desk, and the field that leads to it.
PAGES = {
    "review": ("desk-project", "project_id"),
    "suggestion": ("desk-suggestion", "pk"),
    "project": ("desk-project", "pk"),
    "finding": ("desk-project", "project_id"),
    "objection": ("desk-notice", "notice_id"),
    "referral": ("desk-file", "dossier_id"),
    "dispatch": ("desk-matter", "matter_id"),
    "opinion": ("desk-matter", "matter_id"),
    "rating": ("desk-matter", "matter_id"),
}


def cases_shown(figure: Figure, rows: Any) -> list[Case]:
    """The cases behind a figure, those that were not done well first."""
    well = figure.well_done(rows)
    found = [(one.pk in well, one) for one in rows.order_by(figure.day)[:CASES_SHOWN]]
    return [_case(figure, one, good=good) for good, one in sorted(found, key=lambda pair: pair[0])]


def _case(figure: Figure, one: Model, *, good: bool) -> Case:
    page, key = PAGES[str(one._meta.model_name)]
    words: Words = figure.well if good else _("没有做到")
    if figure.answers is not None:
        name, read = figure.answers
        counted = read(getattr(one, name))
        words = f"{counted.good}/{counted.total}"
    place: Any = getattr(one, "place", None) or getattr(one, "to_place", None)
    return Case(
        str(_reached(one, figure.says)),
        reverse(page, args=[getattr(one, key)]),
        _reached(one, figure.day),
        words,
        place.name if place is not None else "",
    )


def _reached(one: Any, path: str) -> Any:
    for name in path.split("__"):
        one = getattr(one, name)
    return one


def what_counts(figure: Figure) -> str:
    """What a figure counts, and what of it is good."""
    return _("合计：%(cases)s；做到：%(well)s。") % {"cases": figure.cases, "well": figure.well}


def rules_shown(rules: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rule table in words."""
    return [
        {
            "label": rule["label"],
            "weight": rule["weight"],
            "full": rule["full"],
            "says": rule_said(rule),
            "counts": "" if is_checked(rule) else what_counts(EVERY[rule["source"]]),
        }
        for rule in rules
    ]
