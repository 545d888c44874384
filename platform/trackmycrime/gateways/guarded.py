"""The one way out to an address that a force typed in: https, to the internet alone, no redirects, 5 seconds, 1 MiB.

The name is resolved once, and the connection goes to what was looked at: a name that answers otherwise the second time
reaches nothing (security.md, "Input from forces and victims").
"""

import asyncio
import socket
import ssl
from enum import StrEnum
from functools import cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import override

import httpx2

type Address = IPv4Address | IPv6Address

_SECONDS, _MOST_BYTES = 5, 1024 * 1024
_HTTPS_PORT, _HTTP_PORT = 443, 80
# Addresses of the internet by name, behind which an address of any network can stand (RFC 6052).
_TRANSLATED = IPv6Network("64:ff9b::/96")


class Fault(StrEnum):
    """Why nothing usable came back. The words are stored in the audit."""

    UNREACHABLE = "unreachable"
    FORBIDDEN = "forbidden_address"
    REDIRECTS = "redirects"
    TOO_LARGE = "too_large"
    REFUSED = "refused"
    UNUSABLE = "unusable"


class Failed(Exception):
    """The other side gave nothing that could be used."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


class Guarded(httpx2.AsyncBaseTransport):
    """Carries one request at a time to where it may go. `loopback` lets it reach this machine too, without TLS.

    Each request has a connection of its own: two names at one address share no connection that was proved for one of them.
    """

    def __init__(self, *, loopback: bool = False) -> None:
        self._loopback = loopback

    @override
    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Carry a request and return the whole answer. Raises Failed."""
        try:
            async with asyncio.timeout(_SECONDS):
                return await self._carried(request, await self._address(request.url))
        except (OSError, TimeoutError, httpx2.HTTPError) as lost:
            raise Failed(Fault.UNREACHABLE) from lost

    async def _address(self, url: httpx2.URL) -> Address:
        port = url.port or (_HTTPS_PORT if url.scheme == "https" else _HTTP_PORT)
        if url.scheme not in {"https", "http"} or url.userinfo or not url.host:
            raise Failed(Fault.FORBIDDEN)
        try:
            found = await asyncio.get_running_loop().getaddrinfo(url.host, port, type=socket.SOCK_STREAM)
        except UnicodeError:
            raise Failed(Fault.UNREACHABLE) from None
        addresses = [ip_address(each[4][0]) for each in found]
        if not addresses or not all(self._may_reach(each, url.scheme) for each in addresses):
            raise Failed(Fault.FORBIDDEN)
        return addresses[0]

    def _may_reach(self, address: Address, scheme: str) -> bool:
        if self._loopback and address.is_loopback:
            return True
        return scheme == "https" and _is_of_the_internet(address)

    async def _carried(self, request: httpx2.Request, address: Address) -> httpx2.Response:
        url, name = request.url, request.url.host
        headers = [
            (key, value) for key, value in request.headers.raw if key.lower() not in {b"host", b"accept-encoding"}
        ]
        headers += [(b"host", url.netloc), (b"accept-encoding", b"identity")]
        pinned = httpx2.Request(
            request.method,
            url.copy_with(host=str(address)),
            headers=headers,
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": name},
        )
        transport = httpx2.AsyncHTTPTransport(verify=_trusted(), trust_env=False, http2=False)
        async with transport:
            answer = await transport.handle_async_request(pinned)
            try:
                return await _whole(request, answer)
            finally:
                await answer.aclose()


def _is_of_the_internet(address: Address) -> bool:
    return address.is_global and not address.is_multicast and not _leads_elsewhere(address)


def _leads_elsewhere(address: Address) -> bool:
    """Say whether an address of another kind is inside this one."""
    if not isinstance(address, IPv6Address):
        return False
    return bool(address.ipv4_mapped or address.sixtofour or address.teredo or address in _TRANSLATED)


async def _whole(request: httpx2.Request, answer: httpx2.Response) -> httpx2.Response:
    if answer.has_redirect_location or answer.is_redirect:
        raise Failed(Fault.REDIRECTS)
    if "content-encoding" in answer.headers:  # it was not asked for, and unpacks to any size
        raise Failed(Fault.UNUSABLE)
    body = bytearray()
    async for piece in answer.aiter_raw():
        body += piece
        if len(body) > _MOST_BYTES:
            raise Failed(Fault.TOO_LARGE)
    kept = [(key, value) for key, value in answer.headers.raw if key.lower() != b"transfer-encoding"]
    return httpx2.Response(answer.status_code, headers=kept, content=bytes(body), request=request)


@cache
def _trusted() -> ssl.SSLContext:
    return ssl.create_default_context()
