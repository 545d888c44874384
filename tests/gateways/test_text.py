"""Texts leave through SNS or into the mailbox, and a number that no text can reach is a lasting refusal."""

from pathlib import Path

import pytest
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.sns.models import sns_backends

from trackmycrime.gateways.mailbox import Kind, Mailbox
from trackmycrime.gateways.text import MailboxTexter, SnsTexter, Text, texter
from trackmycrime.gateways.undelivered import Undelivered
from trackmycrime.settings import Settings, WrongSetting

TEXT = Text("+447700900123", "You have an update. https://kent.example.org/", "0b1c2d3e4f")


@pytest.mark.asyncio
@pytest.mark.usefixtures("amazon")
async def test_sns_is_given_number_and_words() -> None:
    await SnsTexter("eu-west-2").send(TEXT)

    assert list(sns_backends[DEFAULT_ACCOUNT_ID]["eu-west-2"].sms_messages.values()) == [(TEXT.to, TEXT.body)]


@pytest.mark.asyncio
@pytest.mark.usefixtures("amazon")
async def test_a_number_that_is_none_is_a_lasting_refusal() -> None:
    with pytest.raises(Undelivered) as refused:
        await SnsTexter("eu-west-2").send(Text("07700 nonsense", "You have an update.", "1"))
    assert (refused.value.why, refused.value.lasting) == ("refused InvalidParameter", True)
    assert refused.value.__context__ is None, "what SNS wrote may name the number"


@pytest.mark.asyncio
@pytest.mark.usefixtures("amazon")
async def test_when_sns_cannot_be_reached_another_try_may_do(
    monkeypatch: pytest.MonkeyPatch, unused_tcp_port: int
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{unused_tcp_port}")
    with pytest.raises(Undelivered, match="connection EndpointConnectionError") as refused:
        await SnsTexter("eu-west-2").send(TEXT)
    assert not refused.value.lasting


@pytest.mark.asyncio
async def test_the_mailbox_shows_texts(tmp_path: Path) -> None:
    mailbox = Mailbox(tmp_path)
    await MailboxTexter(mailbox).send(TEXT)

    (sent,) = mailbox.newest(10)
    assert (sent.kind, sent.to, sent.text, sent.subject) == (Kind.TEXT, TEXT.to, TEXT.body, "")
    assert sent.headers == {"Reference": TEXT.reference}


@pytest.mark.usefixtures("amazon")
def test_the_settings_choose_the_texter(tmp_path: Path) -> None:
    home = {"TRACKMYCRIME_HOME": str(tmp_path)}
    assert isinstance(texter(Settings.from_environment(home)), MailboxTexter)
    sns = Settings.from_environment(home | {"TRACKMYCRIME_TEXT_URL": "sns://eu-west-2"})
    assert isinstance(texter(sns), SnsTexter)
    with pytest.raises(WrongSetting, match="TRACKMYCRIME_TEXT_URL takes sns://region in this version"):
        texter(Settings.from_environment(home | {"TRACKMYCRIME_TEXT_URL": "notify://"}))
