"""Which offices there are at which level."""

COMMUNITY, SUBDISTRICT, DISTRICT = "community", "subdistrict", "district"
LEVELS: dict[str, str] = {
    "community_secretary": COMMUNITY,
    "committee_director": COMMUNITY,
    "community_worker": COMMUNITY,
    "community_supervisor": COMMUNITY,
    "subdistrict_secretary": SUBDISTRICT,
    "subdistrict_leader": SUBDISTRICT,
    "section_head": SUBDISTRICT,
    "subdistrict_auditor": SUBDISTRICT,
    "district_director": DISTRICT,
    "district_officer": DISTRICT,
    "auditor": DISTRICT,
}


def office_fits(office: str, level: str) -> bool:
    """Whether there is such an office at this level; one that is not listed may stand at any."""
    return LEVELS.get(str(office), str(level)) == str(level)
