"""Who runs a consultation or a questionnaire, who may answer, who may publish."""

from yishiting.ground.accounts.permissions import anyone
from yishiting.ground.common.predicates import Permissions
from yishiting.ground.files.permissions import read_by
from yishiting.ground.organisations.models import COMMUNITY_OFFICES, Office
from yishiting.ground.organisations.permissions import holds_here
from yishiting.year.consultations.models import Consultation, Questionnaire

#: The desk of the place itself, whether community, subdistrict or district.
runs_here = holds_here(
    *COMMUNITY_OFFICES,
    Office.SECTION_HEAD,
    Office.SUBDISTRICT_LEADER,
    Office.DISTRICT_DIRECTOR,
    Office.DISTRICT_OFFICER,
)
answers_for_it = holds_here(
    Office.COMMUNITY_SECRETARY,
    Office.COMMITTEE_DIRECTOR,
    Office.SECTION_HEAD,
    Office.SUBDISTRICT_LEADER,
    Office.DISTRICT_DIRECTOR,
)

#: Answering a statement is no verb (docs/decisions/0006): it is asked by hand, and anyone may.
answers_statements = anyone

MAY: Permissions = {
    "consultation.draft": runs_here,
    "consultation.amend": runs_here,
    "consultation.open": answers_for_it,
    "consultation.close": runs_here,
    "consultation.publish": answers_for_it,
    "consultation.void": answers_for_it,
    "statement.seed": runs_here,
    "statement.propose": anyone,
    "statement.moderate": runs_here,
    "questionnaire.draft": runs_here,
    "questionnaire.amend": runs_here,
    "questionnaire.set_questions": runs_here,
    "questionnaire.open": answers_for_it,
    "questionnaire.answer": anyone,
    "questionnaire.close": runs_here,
    "questionnaire.publish": answers_for_it,
    "questionnaire.void": answers_for_it,
    "response.take_over": runs_here,
}

read_by(runs_here, Consultation, Questionnaire)
