"""Where a message leads: the page of what it is about, in the rooms of those it was written for."""

from django.urls import reverse

from yishiting.ground.notices.models import Audience, Message

#: For whom and about what → the page.
PAGES = {
    (Audience.PUBLIC, "agreement"): "public-agreement",
    (Audience.PUBLIC, "consultation"): "consultation",
    (Audience.PUBLIC, "public_notice"): "notice",
    (Audience.PUBLIC, "third_party"): "my-evaluation",
    (Audience.PUBLIC, "suggestion"): "public-suggestion",
    (Audience.REPRESENTATIVE, "invitation"): "my-meeting",
    (Audience.REPRESENTATIVE, "judge"): "my-scoring",
    (Audience.REPRESENTATIVE, "project"): "my-project",
    (Audience.REPRESENTATIVE, "voter"): "my-budget-vote",
    (Audience.DESK, "inquiry"): "desk-inquiry",
    (Audience.DESK, "council_question"): "desk-council-question",
    (Audience.DESK, "matter"): "desk-matter",
    (Audience.DESK, "unit_sheet"): "desk-unit-sheet",
    (Audience.REPRESENTATIVE, "inquiry"): "my-inquiry",
    (Audience.DESK, "proposal"): "desk-proposal",
    (Audience.DESK, "project"): "desk-project",
    (Audience.DESK, "suggestion"): "desk-suggestion",
    (Audience.DESK, "sitting"): "desk-sitting",
    (Audience.DESK, "place_change"): "desk-place-change",
    (Audience.DESK, "needs_report"): "desk-needs-report",
}
HOMES = {Audience.PUBLIC: "home", Audience.REPRESENTATIVE: "representative-home", Audience.DESK: "desk-home"}


def message_page(message: Message) -> str:
    """The address, or none: a message may be about nothing that has a page."""
    if not message.audience:
        return ""
    audience = Audience(message.audience)
    page = PAGES.get((audience, message.about_kind))
    return reverse(page, args=[message.about_id]) if page else reverse(HOMES[audience])
