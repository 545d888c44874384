"""Every setting has a working default, and a wrong one stops the start with one line that says what it takes."""

from pathlib import Path

import pytest

from trackmycrime.settings import Role, Settings, WrongSetting

PRODUCTION = {
    "TRACKMYCRIME_ENV": "production",
    "TRACKMYCRIME_DATABASE_URL": "postgresql://tmc_migrator:s3cret@db.example.org:5433/trackmycrime?sslmode=verify-full",
    "TRACKMYCRIME_DOMAIN": "track.example.org",
    "TRACKMYCRIME_KEYS_URL": "kms://force-",
    "TRACKMYCRIME_EMAIL_URL": "notify://",
    "TRACKMYCRIME_TEXT_URL": "sns://eu-west-2",
}


def test_nothing_need_be_set() -> None:
    settings = Settings.from_environment({})
    assert (settings.port, settings.domain, settings.scheme, settings.web_workers) == (
        8000,
        "localhost:8000",
        "http",
        2,
    )
    assert settings.home == Path.cwd() / ".local/run"
    assert settings.origin("kent") == "http://kent.localhost:8000"
    assert settings.origin() == "http://localhost:8000"


@pytest.mark.parametrize(
    ("variable", "value", "takes"),
    [
        ("PORT", "eighty", "1 to 65535"),
        ("PORT", "0", "1 to 65535"),
        ("PORT", "65536", "1 to 65535"),
        ("TRACKMYCRIME_ENV", "staging", "embedded or production"),
        ("TRACKMYCRIME_SCHEME", "ftp", "http or https"),
        ("TRACKMYCRIME_DOMAIN", "https://track.example.org/", "a host name"),
        ("TRACKMYCRIME_DATABASE_URL", "mysql://tmc_migrator@db/trackmycrime", "postgresql://"),
        ("TRACKMYCRIME_DATABASE_URL", "postgresql://db/trackmycrime", "user:password@host/database"),
        ("TRACKMYCRIME_QUEUE_DATABASE_URL", "postgresql://tmc_queue@db", "postgresql://"),
        ("TRACKMYCRIME_TRUSTED_PROXIES", "10.0.0.1/8", "10.0.0.0/8"),
        ("TRACKMYCRIME_WEB_WORKERS", "-2", "1 to 64"),
        ("TRACKMYCRIME_QUEUE_URL", "amqp://queue", "valkey://host:port"),
        ("TRACKMYCRIME_EMAIL_URL", "smtp://", "smtp://host:port or ses://region or notify://"),
        ("TRACKMYCRIME_EMAIL_URL", "smtp://mail:port", "smtp://host:port"),
        ("TRACKMYCRIME_TEXT_URL", "smtp://mail", "sns://region or notify://"),
        ("TRACKMYCRIME_FILES_URL", "/var/files", "s3://bucket"),
        ("TRACKMYCRIME_KEYS_URL", "file:///keys", "kms://alias-prefix"),
        ("TRACKMYCRIME_CLAMD_URL", "clamd", "tcp://host:port or unix:///path"),
    ],
)
def test_a_wrong_value_is_refused_in_one_line(variable: str, value: str, takes: str) -> None:
    with pytest.raises(WrongSetting) as refused:
        Settings.from_environment({variable: value})
    assert refused.value.message.startswith(f"{variable} takes ")
    assert takes in refused.value.message
    assert "\n" not in refused.value.message


@pytest.mark.parametrize("variable", sorted(PRODUCTION.keys() - {"TRACKMYCRIME_ENV"}))
def test_production_refuses_what_is_only_for_one_machine(variable: str) -> None:
    with pytest.raises(WrongSetting, match=variable):
        Settings.from_environment(PRODUCTION | {variable: ""})


def test_each_role_signs_in_with_the_migrators_url_under_its_own_name_unless_it_has_one() -> None:
    own = "postgresql://tmc_app:other@pool.example.org/trackmycrime"
    settings = Settings.from_environment(PRODUCTION | {"TRACKMYCRIME_APP_DATABASE_URL": own})
    assert settings.scheme == "https"
    assert settings.database_url_for("app") == own
    assert settings.database_url_for("queue") == PRODUCTION["TRACKMYCRIME_DATABASE_URL"].replace("migrator", "queue")


def test_without_a_database_it_says_how_to_get_one() -> None:
    with pytest.raises(WrongSetting, match="make run"):
        Settings.from_environment({}).database_url_for(Role.APP)


def test_settings_in_a_log_show_no_password() -> None:
    assert "s3cret" not in repr(Settings.from_environment(PRODUCTION))
