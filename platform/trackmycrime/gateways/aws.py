"""Amazon's services, through boto3: slow to import, so imported when the first client is made."""

import os
from importlib import import_module
from typing import Any

_CONNECTIONS = 32


def client(service: str, *, region: str | None = None, attempts: int = 3) -> Any:  # noqa: ANN401  boto3 has no types
    """Return a thread-safe client, to be made once. The standard AWS variables decide all that is not said here."""
    config = import_module("botocore.config").Config(
        connect_timeout=5,
        read_timeout=10,
        retries={"mode": "standard", "total_max_attempts": attempts},
        max_pool_connections=_CONNECTIONS,
        request_checksum_calculation="when_required",
    )
    # boto3 knows only AWS_DEFAULT_REGION, and Fargate sets only AWS_REGION.
    return import_module("boto3").client(service, region_name=region or os.environ.get("AWS_REGION"), config=config)


def refusals() -> tuple[type[Exception], type[Exception]]:
    """Return what boto3 raises: ClientError for an answer that says no, BotoCoreError when there was none."""
    errors = import_module("botocore.exceptions")
    return errors.ClientError, errors.BotoCoreError
