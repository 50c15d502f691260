"""Who drafts, tables and decides proposals, and who answers what was reported up."""

from yishiting.ground.common.predicates import Permissions
from yishiting.ground.files.permissions import read_by
from yishiting.ground.organisations.permissions import at_desk, at_desk_above, heads_here, reads_here
from yishiting.year.proposals.models import Proposal

MAY: Permissions = {
    "proposal.draft": at_desk,
    "proposal.add_source": at_desk,
    "proposal.amend": at_desk,
    "proposal.table": at_desk,
    "proposal.take_off": at_desk,
    "proposal.consult": at_desk,
    "proposal.decide": at_desk,
    "proposal.report_up": heads_here,
    "proposal.bring_back": at_desk_above,
    "proposal.put_off": at_desk,
    "proposal.answer_sources": at_desk,
}

read_by(reads_here, Proposal)
