"""What the tests of the gateways share: Amazon's services as a real HTTP endpoint, and letters to send."""

from collections.abc import Callable, Iterator

import msgspec
import pytest
from moto.server import ThreadedMotoServer

from trackmycrime.gateways.email import Email

type MakeEmail = Callable[..., Email]


@pytest.fixture(scope="session")
def moto() -> Iterator[str]:
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def amazon(moto: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Point boto3 at the endpoint, as the standard variables do, and return its address."""
    for variable in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(variable, "testing")
    monkeypatch.setenv("AWS_ENDPOINT_URL", moto)
    monkeypatch.setenv("AWS_REGION", "eu-west-2")
    return moto


@pytest.fixture
def make_email() -> MakeEmail:
    """Give a function that returns an email with some of its parts replaced."""
    usual = Email(
        to="alice@example.org",
        from_name="Heddlu Dyfed-Powys · dŵr",
        from_address="no-reply@dyfed-powys.example.org",
        subject="Mae diweddariad i chi · ŵ",
        text="You have an update.\n\nDŵr.\n",
        html="<p>You have an update.</p><p>Dŵr.</p>",
        message_id="<0b1c2d3e4f@dyfed-powys.example.org>",
        unsubscribe_url="https://dyfed-powys.example.org/unsubscribe/" + "Ab_-" * 30,
    )

    def make(**parts: object) -> Email:
        return msgspec.structs.replace(usual, **parts)

    return make
