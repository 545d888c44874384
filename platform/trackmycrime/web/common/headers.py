"""The headers of every answer (security.md, "Headers")."""

from trackmycrime.settings import Settings
from trackmycrime.web.common.pages import SNIPPET_HASH

CONTENT_SECURITY_POLICY = (
    f"default-src 'none'; script-src 'self' '{SNIPPET_HASH}'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
# A page of administrators shows pages of their force inside itself; those alone may be shown so, by nobody else.
FRAMING = {"content-security-policy": f"{CONTENT_SECURITY_POLICY}; frame-src 'self'"}
FRAMED = {
    "content-security-policy": CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
}
# A picture of a force's own: nothing in it runs, whoever opens it by itself. Emails are read on other sites.
PICTURE = {"content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox"}
PUBLIC_PICTURE = {**PICTURE, "cross-origin-resource-policy": "cross-origin"}
_OFF = (
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)
PERMISSIONS_POLICY = ", ".join(
    [f"{feature}=()" for feature in _OFF] + ["publickey-credentials-get=(self)", "publickey-credentials-create=(self)"]
)


def security_headers(settings: Settings) -> list[tuple[bytes, bytes]]:
    """Return the headers that every answer gets unless it sets them itself."""
    headers = {
        "content-security-policy": CONTENT_SECURITY_POLICY,
        "cache-control": "no-store",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": PERMISSIONS_POLICY,
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
    }
    if settings.scheme == "https":
        headers["strict-transport-security"] = "max-age=63072000; includeSubDomains"
    return [(name.encode(), value.encode()) for name, value in headers.items()]
