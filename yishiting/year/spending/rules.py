"""What of a payee the public reads."""


def public_name(name: str, *, private: bool) -> str:
    """The name as it is published: of a private person the first character alone."""
    return name[:1] + "*" * max(1, len(name) - 1) if private else name
