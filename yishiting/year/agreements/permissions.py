"""Who makes and reviews agreements, who reports that one was broken, who answers."""

from yishiting.ground.accounts.permissions import signed_in
from yishiting.ground.common.predicates import Permissions
from yishiting.ground.files.permissions import read_by
from yishiting.ground.organisations.permissions import at_desk, reads_here
from yishiting.year.agreements.models import Agreement, Breach

MAY: Permissions = {
    "agreement.make": at_desk,
    "agreement.review": at_desk,
    "breach.report": signed_in,
    "breach.answer": at_desk,
}

read_by(reads_here, Agreement, Breach)
