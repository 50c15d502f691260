"""Who runs a consultation or a questionnaire, who may answer, who may publish."""

from django.utils.translation import gettext_lazy as _

from yishiting.ground.accounts.permissions import anyone
from yishiting.ground.common.predicates import Permissions
from yishiting.ground.files.permissions import read_by
from yishiting.ground.organisations.permissions import at_desk, of_the_level
from yishiting.year.consultations.models import Consultation, Questionnaire

#: Those who lead the place; in a subdistrict the section head too, whose business asking is.
answers_for_it = of_the_level(_("本地负责人（街乡含科长）"), lambda desk: (*desk.leading, "section_head"))

#: Answering a statement is no verb (docs/decisions/0006): it is asked by hand, and anyone may.
answers_statements = anyone

MAY: Permissions = {
    "consultation.draft": at_desk,
    "consultation.amend": at_desk,
    "consultation.discard": at_desk,
    "consultation.open": answers_for_it,
    "consultation.close": at_desk,
    "consultation.publish": answers_for_it,
    "consultation.void": answers_for_it,
    "statement.seed": at_desk,
    "statement.propose": anyone,
    "statement.moderate": at_desk,
    "questionnaire.draft": at_desk,
    "questionnaire.amend": at_desk,
    "questionnaire.set_questions": at_desk,
    "questionnaire.discard": at_desk,
    "questionnaire.open": answers_for_it,
    "questionnaire.answer": anyone,
    "questionnaire.close": at_desk,
    "questionnaire.publish": answers_for_it,
    "questionnaire.void": answers_for_it,
    "response.take_over": at_desk,
}

read_by(at_desk, Consultation, Questionnaire)
