"""What record systems push: stored once, applied in any order, held with a reason when it cannot be applied yet."""

from trackmycrime.domain.ingest.batch import Answer, receive

__all__ = ["Answer", "receive"]
