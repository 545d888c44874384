"""What victims write on the site, and how the contact team or the officer answers."""

from typing import Literal

from msgspec import Struct


class Letter(Struct, frozen=True):
    """A victim's words about a story, `minutes_ago`, and the answer if there is one yet."""

    story: str
    part: str
    minutes_ago: int
    text: str
    answer: str | None = None
    answered_by: Literal["hub", "officer"] = "hub"


LETTERS = (
    Letter("bicycle", "cyclist", 29_000, "Thank you for taking this on. I forgot to say that the lock was cut: I still "
           "have both halves, if you need them.", "Yes please, keep them dry and don't handle the cut ends. I'll "
           "collect them on my way past on Thursday.", "officer"),
    Letter("bicycle", "cyclist", 10_800, "That's wonderful, my daughter will be so happy! Should I bring a key?",
           "Just yourself and something with your name on it. Tell her that the bell can be replaced.", "officer"),
    Letter("bicycle", "cyclist", 55, "I can come on Friday after four. Is there somewhere to leave the car?"),
    Letter("second-bicycle", "plumber", 4_500, "There is a sticker of a lighthouse under the saddle, and one "
           "hinge squeaks. Shall I send a picture?",
           "A lighthouse is just what was needed. Your officer has been told and will ring you with news."),
    Letter("commuter-car", "nurse", 1_900, "The garage hasn't rung. Is there anything I should do?",
           "I rang them for you: they were waiting for a part. Expect a call before noon tomorrow.", "officer"),
    Letter("shed", "gardener", 410, "I've found the mower's manual with the serial number on it. Would that help?"),
    Letter("flat", "tenant", 35_000, "My insurer is asking for a reference. May I give them the one from this page?",
           "Yes, that's the right one. They may ring us about it, and that's fine."),
    Letter("quad-bike", "farmer", 180, "A neighbour says that there was a trailer at the crossroads on Sunday night. "
           "I've written down the time that he told me."),
    Letter("wing-mirrors", "motorist", 3_100, "Do I have to wait for you before having the mirror mended?",
           "No need to wait, we have all the photographs that we want. Please keep the receipt."),
    Letter("courier", "pensioner", 5_200, "My grandson has set this up for me. I feel silly about it all.",
           "Please don't, you told us quickly and that helped. He's welcome to sit with you when {officer} rings."),
    Letter("converter", "commuter", 1_300, "It's been a month since I heard anything. Could somebody tell me where "
           "things are?"),
    Letter("beic", "beiciwr", 7_600, "Oes unrhyw newyddion am fy meic, os gwelwch yn dda?",
           "Dim newyddion eto, ond bydd {name} yn eich ffonio yfory. Diolch am ofyn."),
    Letter("fferm", "ffermwr", 95, "Diolch yn fawr iawn am y newyddion am y llif. Rydw i gartref bob bore."),
)  # fmt: skip
