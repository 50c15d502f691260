"""What a proposer may say of a draft, in words."""

AGREES, CONDITIONAL, DISAGREES = "agrees", "conditional", "disagrees"


def needs_words(stance: str) -> bool:
    """A condition or a no says why; so does whoever is heard before there is a draft to agree to."""
    return stance != AGREES
