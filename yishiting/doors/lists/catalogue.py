"""Every declared list."""

from yishiting.doors.lists import (
    administration,
    agreements,
    assessments,
    audit,
    choices,
    consultations,
    councils,
    directors,
    district_matters,
    funds,
    ground,
    hearings,
    inquiries,
    meetings,
    notices,
    places,
    projects,
    proposals,
    standing,
    suggestions,
)
from yishiting.doors.lists.declared import List

_MODULES = (
    suggestions,
    proposals,
    meetings,
    projects,
    notices,
    places,
    choices,
    consultations,
    councils,
    ground,
    inquiries,
    agreements,
    directors,
    hearings,
    district_matters,
    assessments,
    standing,
    funds,
    administration,
    audit,
)
EVERY: tuple[List, ...] = tuple(one for module in _MODULES for one in vars(module).values() if isinstance(one, List))
LISTS = {one.name: one for one in EVERY}
