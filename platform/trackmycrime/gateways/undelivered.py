"""The one refusal of every sender: a message did not go out."""


class Undelivered(Exception):
    """A message did not go out, as far as we know.

    `lasting` says that this message will never go out, however often it is tried; otherwise another try, or another
    provider, may do. `why` is a short name for logs and staff, and never holds an address or a provider's own words.
    """

    def __init__(self, why: str, *, lasting: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.lasting = lasting
