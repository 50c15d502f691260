"""What the database refuses is said: every constraint in its own plain sentence, on either database."""

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from yishiting.ground.common.constraints import sentence_of

OURS = [one for one in apps.get_models() if one.__module__.startswith("yishiting.")]
CONSTRAINTS = {one.name: (model, one) for model in OURS for one in model._meta.constraints}
UNIQUE = {
    f"{model._meta.label}.{field.name}": (model, field)
    for model in OURS
    for field in model._meta.local_concrete_fields
    if field.unique and not field.primary_key and not model.__module__.startswith("yishiting.doors.")
}


def test_every_constraint_has_a_sentence_of_its_own() -> None:
    """Chinese, with its full stop, saying what to do; no two constraints share one but for the states."""
    said = [str(one.violation_error_message) for _model, one in CONSTRAINTS.values()]
    said += [str(field.error_messages["unique"]) for _model, field in UNIQUE.values()]
    wrong = [words for words in said if not re.fullmatch(r"[\u4e00-\u9fff，。、；：“”？！0-9A-Za-z]+。", words)]
    assert wrong == []
    twice = {words for words, count in Counter(said).items() if count > 1}
    assert twice <= {"没有这样的状态。请刷新页面再办。", "截止日期不能早于开始日期。", "结束日期不能早于开始日期。"}


def test_no_two_constraints_of_a_table_are_told_apart_by_their_condition_alone() -> None:
    """SQLite names the columns of a unique index only."""
    columns = [
        (model._meta.label, frozenset(one.fields))
        for model, one in CONSTRAINTS.values()
        if isinstance(one, models.UniqueConstraint)
    ]
    assert [pair for pair, count in Counter(columns).items() if count > 1] == []


#: What breaks a check: the least that is wrong and nothing else. A new check gets its line here.
JAN, FEB = date(2026, 1, 1), date(2026, 2, 1)
BROKEN: dict[str, dict[str, Any]] = {
    "ledger_head_stands_alone": {"id": 2},
    "person_administration_known": {"administration": "x"},
    "account_joined_with_another": {"proof": "id_card", "person_id": UUID(int=1), "former_id": UUID(int=1)},
    "account_join_proof_known": {"proof": "x"},
    "place_level_known": {"level": "x", "parent_id": 1},
    "place_only_district_stands_alone": {"level": "community", "parent_id": None},
    "constituency_sent_by_one": {"seats": 1, "sends_id": 1, "unit_id": UUID(int=1)},
    "local_person_role_known": {"role": "x", "since": JAN},
    "local_person_contact_of_a_unit": {"role": "unit_contact", "since": JAN},
    "local_person_dates_in_order": {"role": "named", "since": FEB, "until": JAN},
    "place_valid_dates_in_order": {"level": "district", "valid_from": FEB, "valid_to": JAN, "run_by_id": 1},
    "place_closed_is_run_by_another": {"level": "district", "valid_to": JAN},
    "place_change_not_before_its_day": {"document": "x", "takes_effect": FEB, "applied_on": JAN},
    "place_change_rests_on_a_paper": {"document": "", "takes_effect": JAN},
    "call_way_known": {"how": "x", "called_on": JAN},
    "call_says_how": {"called_on": JAN},
    "message_delivery_known": {"delivery": "x"},
    "message_audience_known": {"audience": "x"},
    "appointment_office_known": {"office": "x"},
    "appointment_dates_in_order": {"since": FEB, "until": JAN},
    "identity_dates_in_order": {"since": FEB, "until": JAN},
    "window_dates_in_order": {"opens": FEB, "closes": JAN},
    "special_intake_dates_in_order": {"opens": FEB, "closes": JAN},
    "special_intake_ends_with_its_outcome": {"opens": JAN, "closes": FEB, "ended_on": FEB},
    "public_notice_period_in_order": {"posted_on": FEB, "last_day": JAN},
    "objection_answered_with_words": {"state": "upheld"},
    "term_dates_in_order": {"begins": FEB, "ends": JAN},
    "project_entered_is_confirmed": {
        "state": "underway",
        "entered_on": JAN,
        "responsible_name": "刘芳",
        "deadline": FEB,
        "completion_standard": "灯亮",
        "maintenance_owner": "物业",
        "maintenance_yearly_cost": 0,
    },
    "term_entered_is_confirmed": {"state": "seated", "entered_on": JAN},
    "term_entered_has_a_basis": {"state": "entered", "entered_on": JAN},
    "constituency_has_a_seat": {"seats": 0},
    "representative_dates_in_order": {"since": FEB, "until": JAN},
    "consultation_days_in_order": {"opens": FEB, "closes": JAN},
    "questionnaire_days_in_order": {"opens": FEB, "closes": JAN},
    "statement_set_aside_with_reason": {"state": "set_aside"},
    "opinion_vote_choice_known": {"choice": 5},
    "import_batch_accounts_for_every_row": {"rows": 3},
    "suggestion_merged_names_its_main": {"state": "merged"},
    "suggestion_not_merged_into_itself": {"state": "merged", "id": UUID(int=7), "merged_into_id": UUID(int=7)},
    "dossier_not_merged_into_itself": {"id": UUID(int=7), "merged_into_id": UUID(int=7)},
    "referral_answered_with_words": {"answered_on": JAN},
    "visit_withdrawn_with_reason": {"withdrawn_on": JAN},
    "reply_takes_a_stance_on_a_draft": {"stance": "agrees", "draft_id": None},
    "reply_says_why": {"stance": "", "words": "", "draft_id": None},
    "reply_withdrawn_with_reason": {"withdrawn_on": JAN, "words": "好", "draft_id": None, "stance": ""},
    "finding_sent_back_with_reason": {"sent_back_on": JAN},
    "referral_across_names_whom": {"kind": "across", "from_place_id": 1, "to_place_id": 1},
    "referral_inside_names_the_section_and_a_day": {"kind": "inside", "from_place_id": 1, "to_place_id": 1},
    "referral_leads_elsewhere": {"kind": "up", "from_place_id": 1, "to_place_id": 1},
    "inquiry_state": {"state": "x", "rule": "vote.majority"},
    "assessment_days_in_order": {"since": FEB, "until": JAN},
    "assessment_published_is_kept": {"state": "published", "since": JAN, "until": FEB},
    "third_party_days_in_order": {"invited_on": FEB, "until": JAN},
    "third_party_reports_with_scores": {"state": "handed_in", "invited_on": JAN, "until": FEB},
    "mark_counts_agree": {"good": 2, "total": 1},
    "mark_checked_with_evidence": {"score": 1},
    "mark_exempt_with_a_document": {"exempted_on": JAN},
    "mark_appeal_answered_with_words": {"answered_on": JAN},
    "inquiry_about_something": {},
    "matter_pending_since_a_day": {"state": "pending"},
    "matter_public_when_decided": {"notice_id": UUID(int=7)},
    "matter_basis_taken_out_with_reason": {"taken_out_on": JAN},
    "partner_value_of_money_or_goods": {"value": 1, "kind": "labour"},
    "council_question_state": {"state": "x"},
    "council_answer_in_words": {"state": "answered"},
    "council_question_withdrawn_with_reason": {"state": "withdrawn"},
    "opinion_given_with_basis": {"state": "given"},
    "decision_no_without_words": {"verdict": "declined"},
    "decision_of_the_top_has_a_paper": {"body": "standing_committee", "verdict": "passed"},
    "special_held_with_points": {"verdict": "agreed"},
    "dispatch_returned_with_reason": {"state": "returned"},
    "matter_percent_in_range": {"percent": 101},
    "coordination_money_not_negative": {"money_asked": -1},
    "planned_with_conditions": {"kind": "planned"},
    "not_satisfied_says_why": {"satisfaction": "not_satisfied"},
    "inquiry_public_when_answered": {"rule": "vote.majority", "public": True},
    "needs_report_state": {"state": "x", "adopted_on": JAN, "sitting_id": UUID(int=1), "content": [1]},
    "needs_report_adopted_is_kept": {"state": "adopted"},
    "listed_returned_with_reason": {"returned_on": JAN},
    "works_plan_state": {"state": "x", "decided_on": JAN, "sitting_id": UUID(int=1), "decided": {"rows": []}},
    "works_plan_decided_is_kept": {"state": "decided"},
    "planned_work_departs_with_reason": {"departs": True},
    "fund_source_known": {"source": "x", "year": 2026},
    "fund_year_in_range": {"source": "special", "year": 26},
    "account_kind_known": {"kind": "x"},
    "account_for_one_thing": {"kind": "left", "subject_id": "x"},
    "account_not_overdrawn": {"kind": "left", "balance": -1},
    "posting_amount_in_range": {"kind": "pay", "fen": 0, "debit_id": UUID(int=1), "credit_id": UUID(int=2)},
    "posting_between_two": {"kind": "pay", "fen": 1, "debit_id": UUID(int=1), "credit_id": UUID(int=1)},
    "posting_kind_known": {"kind": "x", "fen": 1, "debit_id": UUID(int=1), "credit_id": UUID(int=2)},
    "posting_reverses_what": {"kind": "reverse", "fen": 1, "debit_id": UUID(int=1), "credit_id": UUID(int=2)},
    "contract_state": {"state": "x", "fen": 1},
    "contract_amount_in_range": {"fen": 0},
    "milestone_amount_in_range": {"fen": 0},
    "payment_paid_with_voucher": {"state": "paid"},
    "reward_is_something": {"fen": 0},
    "gift_is_of_its_kind": {"kind": "hours", "hours": 1, "fen": 1},
    "sitting_state": {"state": "x", "chaired_by_id": UUID(int=1)},
    "sitting_open_has_a_chair": {"state": "open"},
    "sitting_cancelled_with_reason": {"state": "cancelled"},
    "sitting_item_names_its_matter": {"topic": "leaders"},
    "sitting_leaders_named": {"topic": "leaders", "suggestion_id": UUID(int=1), "decided_on": JAN},
    "sitting_decided_in_words": {"topic": "other", "decided_on": JAN},
    "agreement_state": {"state": "x"},
    "agreement_ended_has_a_day": {"state": "ended"},
    "hearing_state": {"state": "x", "session_id": UUID(int=1)},
    "hearing_held_has_a_session": {"state": "held", "session_id": None},
    "hearing_called_off_with_reason": {"state": "called_off"},
    "speech_is_a_question_or_a_suggestion": {"kind": "opinion", "suggestion_id": None},
    "speech_answered_with_words": {"kind": "question", "suggestion_id": None, "answered_on": JAN},
    "speech_withdrawn_with_reason": {"kind": "question", "suggestion_id": None, "withdrawn_on": JAN},
    "breach_state": {"state": "x", "answer": "x"},
    "breach_answered_with_words": {"state": "answered"},
    "answer_interim_says_when": {"kind": "interim"},
    "proposal_adopted_has_number": {"state": "adopted"},
    "proposal_no_without_reason": {"state": "pending"},
    "proposal_not_now_names_conditions": {"state": "not_now"},
    "proposal_not_feasible_says_why": {"state": "not_feasible"},
    "score_round_days_in_order": {"opened_on": FEB, "closes": JAN},
    "score_sheet_recusal_has_reason": {"recused": True},
    "budget_vote_lot_after_closing": {"opened_on": JAN, "closes": FEB, "lot_day": FEB},
    "budget_vote_override_has_reason": {"override": {"winners": [1]}, "lot_day": date(2026, 3, 6)},
    "source_is_another_proposal": {"below_id": UUID(int=7), "proposal_id": UUID(int=7)},
    "project_percent_in_range": {"percent": 101},
    "project_department_run_is_led": {"path": "department_run"},
    "project_plan_complete_before_publicity": {"state": "publicised"},
    "signature_entered_from_a_sheet": {"entered_by_id": UUID(int=1)},
    "budget_vote_state": {"state": "x", "lot_day": date(2026, 3, 6)},
    "objection_state": {"state": "x", "answer": "不成立"},
    "project_state": {
        "state": "x",
        "responsible_name": "刘芳",
        "deadline": FEB,
        "completion_standard": "灯亮",
        "maintenance_owner": "物业",
        "maintenance_yearly_cost": 0,
    },
}
#: What two rows have besides the same values, so that they meet this constraint and no other.
ALIKE: dict[str, dict[str, Any]] = {
    "basis_once": {"further": True},
    "sitting_number_once": {"number": "1", "state": "issued", "chaired_by_id": UUID(int=1)},
    "fund_once": {"year": 2026},
    "posting_reversed_once": {"kind": "reverse", "reverses_id": UUID(int=9)},
    "gift_posting_once": {"kind": "cash", "fen": 1, "posting_id": UUID(int=9)},
    "milestone_once": {"last": False},
    "milestone_one_is_last": {"last": True},
    "sitting_proposal_once": {"proposal_id": UUID(int=1)},
    "sitting_suggestion_once": {"suggestion_id": UUID(int=1)},
    "source_once": {"live": False, "suggestion_id": UUID(int=1)},
    "source_of_one_live_proposal": {"suggestion_id": UUID(int=1)},
    "source_below_once": {"live": False, "below_id": UUID(int=1)},
    "source_below_of_one_live_proposal": {"below_id": UUID(int=1)},
    "scored_once_per_round": {"live": False},
    "budget_option_once": {"live": False},
    "agenda_subject_listed_once": {"subject_id": "1"},
    "suggestion_outside_number_once": {"outside_number": "1"},
    "appointment_held_once": {"until": None},
    "participant_key_once": {"key": "k"},
    "speech_position_once": {"kind": "question", "suggestion_id": None},
    "participant_number_once": {"number": 1},
    "person_invited_once": {"person_id": UUID(int=1)},
    "representative_invited_once": {"representative_id": UUID(int=1)},
    "by_election_candidate_once": {"by_election_id": UUID(int=1), "birth_year": 1960},
    "candidate_once": {"birth_year": 1960},
    "representative_of_a_candidate_once": {"candidate_id": UUID(int=1)},
    "budget_voter_once": {"representative_id": UUID(int=1)},
    "term_number_once": {"state": "seated"},
    "dispatched_to_a_unit_once": {"role": "support"},
    "response_sheet_once": {"sheet": 1},
}
NOW = datetime(2026, 3, 5, 10, tzinfo=UTC)
_next = itertools.count(1)


def filled(model: type[models.Model], given: dict[str, Any]) -> models.Model:
    """A row with something in every field that must be filled. What it points at need not be there: it is never kept."""
    values = dict(given)
    for field in model._meta.concrete_fields:
        needless = field.has_default() or field.null or field.primary_key
        if field.attname not in values and field.name not in values and not needless:
            values[field.attname] = something(field)
    return model(**values)


def something(field: Any) -> Any:
    n = next(_next)
    if field.is_relation:
        return something(field.target_field) if field.target_field.has_default() else n
    if field.choices:
        return field.choices[0][0]
    kinds = {
        models.UUIDField: lambda: UUID(int=n + 1000),
        models.DateTimeField: lambda: NOW,
        models.DateField: NOW.date,
        models.BooleanField: lambda: True,
        models.JSONField: dict,
        models.IntegerField: lambda: n,
    }
    return next((make() for kind, make in kinds.items() if isinstance(field, kind)), f"{n}")


def refused(*rows: models.Model) -> str:
    """What is said when these rows are written one after the other."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        write(rows)
    return str(sentence_of(error.value))


def write(rows: Sequence[models.Model]) -> None:
    for row in rows:
        type(row)._base_manager.bulk_create([row])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", sorted(n for n, (_m, one) in CONSTRAINTS.items() if isinstance(one, models.CheckConstraint))
)
def test_a_broken_check_is_said(name: str) -> None:
    model, constraint = CONSTRAINTS[name]
    nonsense = {"state": "x"} if "没有这样的状态" in str(constraint.violation_error_message) else {}
    assert refused(filled(model, BROKEN.get(name, nonsense))) == str(constraint.violation_error_message)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", sorted(n for n, (_m, one) in CONSTRAINTS.items() if isinstance(one, models.UniqueConstraint))
)
def test_what_is_there_twice_is_said(name: str) -> None:
    model, constraint = CONSTRAINTS[name]
    first = filled(model, ALIKE.get(name, {}))
    same = {model._meta.get_field(field).attname for field in constraint.fields}
    second = filled(model, {**ALIKE.get(name, {}), **{one: getattr(first, one) for one in same}})
    assert refused(first, second) == str(constraint.violation_error_message)


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(UNIQUE))
def test_a_value_that_is_taken_is_said(name: str) -> None:
    model, field = UNIQUE[name]
    value = something(field)
    assert refused(*(filled(model, {field.attname: value}) for _n in "12")) == str(field.error_messages["unique"])


@pytest.mark.django_db(transaction=True)
def test_what_is_gone_is_said() -> None:
    """The database looks for what a row points at when the transaction ends."""
    slip = filled(apps.get_model("places", "Estate"), {"place_id": 99})
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        slip.save()
    assert "刚刚被别人改动或删除" in str(sentence_of(error.value))


@pytest.mark.django_db
def test_a_number_below_nought_is_said() -> None:
    assert "不能小于0" in refused(filled(apps.get_model("projects", "Progress"), {"percent": -1}))


@pytest.mark.django_db
def test_what_is_no_constraint_of_ours_stays_an_error() -> None:
    row = filled(apps.get_model("places", "Estate"), {})
    row.name = None
    assert refused(row) == "None"
