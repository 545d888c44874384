"""Which network an address is of, as far as counting its failures goes."""

from ipaddress import IPv6Address, ip_address, ip_network

_ONE_LINE = 64  # bits: what one household or one telephone is given of IPv6 (RFC 6177)


def network_of(address: str) -> str:
    """Return the network of an address: an IPv4 address itself, of an IPv6 address what one line is given.

    What is no address is returned as it is.
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return address
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ip_network((parsed.packed, _ONE_LINE), strict=False))
