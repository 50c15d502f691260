"""Who is at the other end of the line, and what is still to be done once they have their answer."""

import ipaddress
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

#: A household has this much of the newer addresses to itself: its tries are counted together.
HOUSEHOLD_BITS = 64


@dataclass(slots=True)
class Client:
    """One request's other end."""

    address: str
    afterwards: list[Callable[[], object]] = field(default_factory=list)


_client: ContextVar[Client | None] = ContextVar("client", default=None)


@contextmanager
def answering(address: str) -> Iterator[None]:
    """Within, one client is answered; what was put off is done at the end, whatever else was undone."""
    client = Client(address)
    token = _client.set(client)
    try:
        yield
    finally:
        _client.reset(token)
        for act in client.afterwards:
            act()


def client_address() -> str:
    """Where the request at hand came from; empty outside a request."""
    client = _client.get()
    return client.address if client else ""


def afterwards(act: Callable[[], object]) -> None:
    """Do this once the request is answered and its transaction is over, also when that was undone; at once without one.

    A wrong try is counted so: the refusal it ends in undoes everything the verb wrote.
    """
    client = _client.get()
    if client is None:
        act()
    else:
        client.afterwards.append(act)


def address_of(remote: str, forwarded: str, proxies: int) -> str:
    """The client's address: what the outermost of our own proxies saw; further entries are anybody's claim."""
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    seen = hops[-proxies] if 0 < proxies <= len(hops) else remote
    try:
        address = ipaddress.ip_address(seen)
    except ValueError:
        return seen[:HOUSEHOLD_BITS]
    if address.version == 4:  # noqa: PLR2004 - the version's own name
        return str(address)
    return str(ipaddress.ip_network((address, HOUSEHOLD_BITS), strict=False).network_address)
