"""Yearly assessments: for the district and the units while they are made, for everybody once they are published."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import ModelSchema, Router

from yishiting.doors.api.v1.base import load, needs
from yishiting.doors.api.v1.declared import SHAPES, operations
from yishiting.doors.api.v1.shapes import Standing, Thing
from yishiting.overview.assessment.models import Assessment, Mark, UnitSheet
from yishiting.overview.assessment.permissions import is_public, reads_assessment, reads_sheet
from yishiting.overview.assessment.queries import OF_A_MARK, RELATED, WHOLE, live_marks, rules_of

router = Router(tags=["千分制考核 assessment"])
sheets_router = Router(tags=["千分制考核 assessment"])
marks_router = Router(tags=["千分制考核 assessment"])


class AssessmentOut(ModelSchema, Standing):
    """An assessment with its rule table and, once it is published, the whole table."""

    rules: list[dict[str, Any]]
    sheets: list[UUID]

    class Meta:
        model = Assessment
        fields = [
            "year",
            "about",
            "since",
            "until",
            "self_until",
            "appeal_until",
            "counted_on",
            "published_on",
            "published",
        ]

    @staticmethod
    def resolve_rules(assessment: Assessment) -> list[dict[str, Any]]:
        """The version in force."""
        return rules_of(assessment)

    @staticmethod
    def resolve_sheets(assessment: Assessment) -> list[UUID]:
        """The sheets of the units, in the order of codes."""
        return list(assessment.sheets.order_by("code").values_list("pk", flat=True))


class MarkOut(ModelSchema, Thing):
    """One row of a unit's sheet."""

    class Meta:
        model = Mark
        fields = [
            "code", "label", "good", "total", "score", "checked_words", "own_score", "self_words", "evidence",
            "exempt_because", "exempt_document", "exempted_on", "appeal", "appealed_on", "answer", "upheld", "answered_on",
        ]  # fmt: skip


class UnitSheetOut(Thing):
    """One unit's sheet with its rows."""

    assessment_id: UUID
    code: str
    name: str
    volumes: dict[str, int]
    words: str
    self_scored_on: date | None
    marks: list[MarkOut]

    @staticmethod
    def resolve_marks(sheet: UnitSheet) -> list[Mark]:
        """Those the table in force asks for, in its order."""
        return live_marks(sheet, rules_of(sheet.assessment))


@router.get("/{uuid:pk}", response=AssessmentOut, summary="一次年度考核")
def assessment(request: HttpRequest, pk: UUID) -> Assessment:
    """One assessment: for the district, and for everybody once it is published."""
    kept = load(Assessment, pk, *RELATED)
    needs(request, is_public | reads_assessment, kept)
    return kept


@sheets_router.get("/{uuid:pk}", response=UnitSheetOut, summary="一个单位的考核表")
def unit_sheet(request: HttpRequest, pk: UUID) -> UnitSheet:
    """One unit's sheet, for the district and the unit."""
    kept = load(UnitSheet, pk, *WHOLE)
    needs(request, reads_sheet, kept)
    return kept


SHAPES[Assessment], SHAPES[UnitSheet], SHAPES[Mark] = AssessmentOut, UnitSheetOut, MarkOut
operations(router, Assessment, related=RELATED)
operations(sheets_router, UnitSheet, related=WHOLE)
operations(marks_router, Mark, related=OF_A_MARK)
