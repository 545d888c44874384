"""Stories of homes, sheds and businesses broken into, and of frauds."""

from trackmycrime.cli.demonstration import stories as s

TENANT = s.Part("tenant", ages=(29, 44))
PARTNER = s.Part("partner", ages=(29, 44))
CAFE_OWNER = s.Part("cafe-owner", ages=(31, 60), role="proxy")
PENSIONER = s.Part("pensioner", ages=(72, 84), enhanced=True)

STORIES = (
    s.Story(
        "flat", s.BURGLARY_DWELLING, 47, "Flat on {street} entered by the kitchen window while its tenants were away.",
        (TENANT, PARTNER),
        (
            s.Assigned(46),
            s.Said(46, "The forensic officer found a good footmark on the window sill. You can clean the kitchen now.",
                   to=("tenant", "partner")),
            s.Said(33, "The ring you described may be in a pawnbroker's window. Could you look at a photograph for me?",
                   to=("partner",)),
            s.Said(30, "Your laptop has been switched on since the burglary, and its maker is helping us.",
                   to=("tenant",)),
            s.Said(7, "I'm on leave until Monday. My colleagues have my notes and can answer in the meantime."),
        ),
        (s.Goods("laptop", "Silver laptop with a fox sticker", "computer", make="Quill", serial="QL-7720318",
                 value_pence=110_000),
         s.Goods("ring", "Gold ring with a small garnet, inherited", "jewellery", value_pence=45_000),
         s.Goods("window", "Kitchen window, lock broken", "other", "damaged")),
        officer=1,
    ),
    s.Story(
        "shed", s.BURGLARY_OTHER, 19, "Garden shed in {place} broken into and a mower taken.",
        (s.Part("gardener", ages=(45, 72)),),
        (
            s.Assigned(18),
            s.Said(18, "Three sheds near you were opened on the same night, so I'm looking at all of them together."),
            s.Found(10, (s.Goods("mower", "Orange petrol mower", "tools", "recovered", make="Greensward",
                                 value_pence=31_000),)),
            s.Said(10, "Your mower turned up behind the allotments. It needs a new pull cord but is otherwise fine.",
                   kind="property_recovered"),
        ),
        (s.Goods("mower", "Orange petrol mower", "tools", make="Greensward", value_pence=31_000),),
        officer=0,
    ),
    s.Story(
        "cafe", s.BURGLARY_OTHER, 58, "Break-in at {cafe}: the till and a coffee grinder taken.", (CAFE_OWNER,),
        (
            s.Said(57, "I know that opening late cost you a day's trade. You can use the front door again now."),
            s.Said(52, "A delivery driver saw somebody leaving and has told us what they remember.",
                   kind="witness_identified"),
            s.Said(49, "A person has been arrested and is being asked about your café and two other shops.",
                   kind="arrest"),
            s.Said(48, "The interview is finished. We have enough to ask prosecutors for a decision.",
                   kind="interview"),
            s.Moved(44, "file_to_cps", "The file has gone to the Crown Prosecution Service."),
            s.Said(37, "The person has been charged with breaking into your café.", kind="charge"),
            s.Ended(37, 1, "The case goes to court. I'll explain each step before it happens."),
            s.Moved(30, "first_hearing"),
            s.Listed(36, -30, "First Hearing"),
            s.Said(29, "At the hearing they said that they did it, so there will be no trial and you won't have to "
                   "speak in court."),
            s.Listed(29, 5, "Sentence, With Pre-Sentence Report", "crown"),
            s.Moved(28, "sentence"),
            s.Said(11, "The judge can read how this affected you. I've put a form for a Victim Personal Statement in "
                   "the post, and I'm happy to fill it in with you over a cup of tea."),
        ),
        (s.Goods("till", "Till with its float", "cash", value_pence=26_000),
         s.Goods("grinder", "Coffee grinder, copper hopper", "other", make="Alba", value_pence=59_000)),
        officer=1,
    ),
    s.Story(
        "back-door", s.ATTEMPTED_BURGLARY, 0, "Marks of a tool found on the back door of a house on {street}.",
        (s.Part("early-riser", ages=(30, 70)),),
        (s.Said(0, "Thank you for ringing straight away. Please leave the door as it is: someone will come to "
                "photograph it within a few hours."),),
        officer=6,
    ),
    s.Story(
        "sports-club", s.BURGLARY_OTHER, 22, "Changing rooms of a sports club in {place} broken into.",
        (s.Part("club-secretary", ages=(35, 68), role="proxy"),),
        (
            s.Said(21, "The junior team's kit is on our lost and found list, with the picture that you sent."),
            s.Said(6, "Two of the under-twelves asked me whether we'd caught anyone. Not yet, but we have asked "
                   "every house facing the pitch, and I have one more camera to see.", travel="late"),
        ),
        (s.Goods("kit", "Bag of eighteen red and white shirts", "clothing", value_pence=36_000),),
        officer=3,
    ),
    s.Story(
        "student-house", s.BURGLARY_DWELLING, 55, "Shared house on {street} entered during term; a tablet taken.",
        (s.Part("student", ages=(19, 23)),),
        (
            s.Said(54, "Do tell your landlord about the front door: he must mend it, and I've written to say so."),
            s.Ended(26, 4, "Somebody already before the court has asked for your burglary to be counted too, so the "
                    "judge will take it into account when deciding the sentence."),
            s.Shut(26, "That settles your case. Good luck with the rest of your course."),
        ),
        (s.Goods("tablet", "Ten-inch tablet, white", "computer", make="Quill", value_pence=24_900),),
        officer=2,
    ),
    s.Story(
        "quad-bike", s.BURGLARY_OTHER, 8, "Quad bike taken from a locked barn outside {place}.",
        (s.Part("farmer", ages=(33, 70)),),
        (
            s.Assigned(7, travel="early"),
            s.Said(7, "I've told the ports and the farm watch groups about your quad bike, with its frame number."),
            s.Said(1, "There's been a sighting a few miles away. I'm driving out there tomorrow and will ring you "
                   "afterwards.", travel="twice"),
        ),
        (s.Goods("quad", "Red quad bike with a stock box", "vehicle", make="Moorland", serial="MQ450-1127",
                 value_pence=540_000),),
        officer=3,
    ),
    s.Story(
        "tickets", s.FRAUD, 39, "Concert tickets bought online that never came.", (TENANT,),
        (
            s.Said(38, "Please tell your bank today, if you haven't yet: they can often return the money."),
            s.Ended(25, 20, "The same seller took money from people all over the country, so a national team has taken "
                    "over. They will write to you themselves."),
            s.Shut(25, "We have closed our part of the case. I'm glad that your bank paid you back."),
        ),
        officer=6,
    ),
    s.Story(
        "courier", s.FRAUD, 13, "A caller who claimed to be from the bank sent a courier for a card.", (PENSIONER,),
        (
            s.Said(12, "You did nothing wrong. These callers practise all day, and they have deceived bank managers. "
                   "Your bank has stopped the card."),
            s.Said(4, "We know which number the call was made from, and have asked who was using it.",
                   kind="suspect_identified"),
        ),
        officer=0,
    ),
    s.Story(
        "sofa", s.FRAUD, 0, "Deposit paid for a sofa that the seller did not own.",
        (s.Part("newlywed", ages=(24, 36), contact="email"),),
    ),
    s.Story(
        "allotment", s.BURGLARY_OTHER, 1, "Lock cut from a community allotment store in {place}.", (PENSIONER,),
        (s.Said(0, "Your list of what is missing reached me, thank you. I'll be at the allotments on Saturday."),),
        (s.Goods("strimmer", "Battery strimmer", "tools", make="Greensward", value_pence=14_000),),
        officer=3,
    ),
)  # fmt: skip
