"""What victims write, and what the force answers."""

from trackmycrime.domain.messages.answering import answerable, reply
from trackmycrime.domain.messages.calls import CallWish, Days, Hours, Method, ask_for_call
from trackmycrime.domain.messages.danger import MayBeDanger
from trackmycrime.domain.messages.drafts import keep_draft, keep_of_earlier, keep_unsent
from trackmycrime.domain.messages.news import Listening, news, turn_to_news, unread
from trackmycrime.domain.messages.sending import CaseClosed, ask_for_update, reader, send
from trackmycrime.domain.messages.silence import escalate

__all__ = [
    "CallWish",
    "CaseClosed",
    "Days",
    "Hours",
    "Listening",
    "MayBeDanger",
    "Method",
    "answerable",
    "ask_for_call",
    "ask_for_update",
    "escalate",
    "keep_draft",
    "keep_of_earlier",
    "keep_unsent",
    "news",
    "reader",
    "reply",
    "send",
    "turn_to_news",
    "unread",
]
