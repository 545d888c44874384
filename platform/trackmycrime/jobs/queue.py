"""The queue that wakes the workers: SAQ on PostgreSQL, or on Valkey at scale. Its loss loses nothing, only time."""

from uuid import UUID

from saq.queue import Queue

from trackmycrime.settings import Role, Settings

# A job is known to be dead when it has not beaten for this long; its worker beats every few seconds.
HEARTBEAT_SECONDS = 20
# Longer than a whole batch may take against a provider that lets every message time out.
TIMEOUT_SECONDS = 300
RETRIES = 3
# A job that ended leaves nothing behind: SAQ drops a wake whose key ended within the same second otherwise.
TTL_ENDED = -1
_FIRST_RETRY_SECONDS, _LATEST_RETRY_SECONDS = 1.0, 5.0


def queue(settings: Settings) -> Queue:
    """Return the queue that the settings ask for, not connected yet."""
    if settings.queue_url:
        return Queue.from_url(settings.queue_url.replace("valkey://", "redis://", 1), name="default")
    url = settings.database_url_for(Role.QUEUE)
    return Queue.from_url(url, name="default", min_size=1, max_size=4)


async def wake(queue: Queue, job: str, force_id: UUID) -> None:
    """Put a job for a force on the queue, unless it is there already. A job carries the force's id and nothing else."""
    await queue.enqueue(
        job,
        key=f"{job}:{force_id}",
        force=str(force_id),
        timeout=TIMEOUT_SECONDS,
        heartbeat=HEARTBEAT_SECONDS,
        retries=RETRIES,
        retry_delay=_FIRST_RETRY_SECONDS,
        retry_backoff=_LATEST_RETRY_SECONDS,
        ttl=TTL_ENDED,
    )
