"""Stories of things taken in the street, from shops and from vehicles; the first is the printed victim's."""

from trackmycrime.cli.demonstration import stories as s

CYCLIST = s.Part("cyclist", ages=(28, 52))
PLUMBER = s.Part("plumber", ages=(27, 58))
PUPIL = s.Part("pupil", ages=(13, 15), contact="none", enhanced=True)
PARENT = s.Part("parent", ages=(36, 50), role="proxy", proxy_for="pupil")
SHOPKEEPER = s.Part("shopkeeper", ages=(30, 62), role="proxy")
NURSE = s.Part("nurse", ages=(25, 45))

BICYCLE = s.Goods(
    "bicycle", "Green hybrid bicycle with a brown saddle and a dented bell", "bicycle", "missing",
    make="Larkfield", model="Commuter 3", serial="LF3-88214", value_pence=64_000,
)  # fmt: skip
CHILD_SEAT = s.Goods("seat", "Grey child seat, rear fitting", "other", make="Wren", value_pence=9_500)
PANNIERS = s.Goods("panniers", "Pair of navy waterproof panniers with a reading glasses case inside", "other",
                   value_pence=7_200)  # fmt: skip

STORIES = (
    s.Story(
        "bicycle", s.THEFT_OF_CYCLE, 33, "Bicycle taken from a locked rack outside the library on {street}.",
        (CYCLIST,),
        (
            s.Assigned(32),
            s.Said(32, "Hello, I'm {officer} and I'm looking after your case. Thank you for the photographs and the "
                   "frame number: they help more than you might think. I'll write again by the end of next week."),
            s.Moved(31, "investigation", "Your case has been read by a supervisor and is now being investigated."),
            s.Said(27, "I have watched the library's camera from that day. It shows your bicycle being wheeled "
                   "away towards the bus station, so I've asked the bus station for its pictures too."),
            s.Said(21, "A person who works nearby saw what happened and has given us a statement. They were glad to "
                   "help.", kind="witness_identified"),
            s.Said(14, "Good news: thanks to the cameras and the witness, we now know who we want to speak to. I can't "
                   "say more about them yet, but I'll tell you when we have done so.", kind="suspect_identified"),
            s.Found(8, (s.Goods("bicycle", BICYCLE.description, "bicycle", "recovered", make="Larkfield",
                                model="Commuter 3", serial="LF3-88214", value_pence=64_000),)),
            s.Said(8, "We have found your bicycle. The frame number matches and it can still be ridden, though the "
                   "bell is gone for good. I'll ring you to arrange for you to collect it.",
                   kind="property_recovered"),
            s.Said(2, "Your bicycle is ready at the front counter, any day from 9am to 5pm; please bring something "
                   "with your name on it. We are still looking for the child seat and the panniers."),
        ),
        (BICYCLE, CHILD_SEAT, PANNIERS), officer=0,
    ),
    s.Story(
        "van-tools", s.THEFT_FROM_VEHICLE, 52, "Side door of a van forced overnight on {street}; tools taken.",
        (PLUMBER,),
        (
            s.Said(51, "I'm sorry about your tools, I know you can't work without them. If you have receipts or "
                   "pictures, please keep them safe: your insurer and I will both want to see them."),
            s.Said(38, "We checked the doorbell cameras of six houses on {street}. Two show a light-coloured van at "
                   "3am, but neither shows a number plate."),
            s.Said(20, "I've looked through the second-hand tool sales online twice, and found nothing that is yours."),
            s.Ended(18, 18, "I'm sorry: we have followed everything we had, and could not find out who did this. If "
                    "something new comes to light, even months from now, we will look at it."),
            s.Shut(18, "Your case is closed for now. Your tools stay on the list that officers and dealers check."),
        ),
        (s.Goods("drill", "Cordless combi drill in a red case", "tools", make="Haldane", model="HX18",
                 value_pence=18_900),
         s.Goods("press", "Pipe press with three jaws", "tools", serial="PP-40931", value_pence=74_500)),
        officer=1,
    ),
    s.Story(
        "second-bicycle", s.THEFT_OF_CYCLE, 45, "Folding bicycle taken from a shared hallway in {place}.",
        (PLUMBER,),
        (
            s.Said(44, "Thank you for reporting this. The building's manager is sending me the door records."),
            s.Ended(31, 18, "The door records did not show who came in, and there is no camera in the hallway. I'm "
                    "sorry that we cannot take it further today."),
            s.Shut(31, "We have closed the case, and will open it again if we learn more."),
            s.Reopened(6, "We have opened your case again: a folding bicycle like yours was found in another search."),
            s.Assigned(5, further=2),
            s.Said(5, "I've taken over from my colleague. Could you tell me about any stickers or scratches? It would "
                   "help me to be sure that the bicycle we found is yours."),
        ),
        (s.Goods("folder", "Black folding bicycle, 16-inch wheels", "bicycle", make="Tern Hill", value_pence=82_000),),
        officer=1,
    ),
    s.Story(
        "school-phone", s.THEFT_FROM_PERSON, 16, "Phone taken from a pupil's hand at a bus stop on {street}.",
        (PUPIL, PARENT),
        (
            s.Assigned(15),
            s.Said(15, "I spoke to you both at home today. You were very clear about what you saw, and that was brave. "
                   "Nobody at school needs to know that you talked to us.", to=("pupil", "parent")),
            s.Said(9, "The bus company has given us the pictures from the stop. I'm going through them this week.",
                   to=("pupil", "parent")),
            s.Said(3, "Would you like us to arrange for someone from a young people's support service to call? It's "
                   "free, and there's no need to decide now.", to=("parent",)),
        ),
        (s.Goods("phone", "Phone in a yellow case with a cracked corner", "phone", make="Orchid", model="S2",
                 value_pence=21_000),),
        officer=2,
    ),
    s.Story(
        "shop-theft", s.SHOP_THEFT, 28, "Goods taken from {grocer} during opening hours.", (SHOPKEEPER,),
        (
            s.Said(27, "Thank you for keeping the recording for us. It's clear, and my neighbourhood colleagues "
                   "recognised the person straight away.", kind="suspect_identified"),
            s.Said(20, "The person has been spoken to and admits it. I'd like to know how you feel about settling this "
                   "without a court: I'll call in at the shop on Thursday morning."),
            s.Ended(12, 8, "As you agreed, the person has paid you back, written to say sorry and will stay away from "
                    "the shop for a year. This is called a community resolution."),
            s.Shut(12, "Nothing more needs to happen. If they come back to the shop, please tell us."),
        ),
        officer=3,
    ),
    s.Story(
        "car-bag", s.THEFT_FROM_VEHICLE, 0, "Window of a parked car broken in {place} and a bag taken from the seat.",
        (NURSE,), (),
        (s.Goods("bag", "Brown leather work bag", "other", value_pence=5_500),
         s.Goods("badge", "Hospital identity badge on a blue ribbon", "documents")),
    ),
    s.Story(
        "commuter-car", s.THEFT_OF_VEHICLE, 24, "Car taken from outside a house on {street} without its keys.",
        (NURSE,),
        (
            s.Assigned(24),
            s.Said(23, "Your car's number plate is now on the camera network. If it passes a camera, we will know "
                   "within minutes."),
            s.Found(19, (s.Goods("car", "Blue five-door hatchback", "vehicle", "recovered", make="Avonmere",
                                 value_pence=690_000),)),
            s.Said(19, "We found your car this morning in a car park, locked and in one piece. It has to be examined "
                   "for fingerprints before you can have it back: about three days.", kind="property_recovered"),
            s.Said(15, "The examination is done and the garage will ring you about bringing the car home. You will not "
                   "be charged for storage.", travel="twice"),
        ),
        (s.Goods("car", "Blue five-door hatchback", "vehicle", make="Avonmere", value_pence=690_000),),
        officer=0,
    ),
    s.Story(
        "borrowed-van", s.VEHICLE_TAKEN, 41, "Delivery van taken from the yard of {cycles} and left in {place}.",
        (s.Part("driver", ages=(23, 60)),),
        (
            s.Said(40, "Your van was stopped last night and two people are helping us with our questions.",
                   kind="arrest"),
            s.Said(39, "One person has been released on bail while we wait for the laboratory. They must not come to "
                   "the yard, or speak to you or your staff.", kind="bail"),
            s.Moved(25, "file_to_cps", travel="late"),
            s.Moved(22, "charging_decision", "Prosecutors have everything they asked for and are deciding on charges."),
            s.Said(17, "A person has been charged with taking your van.", kind="charge"),
            s.Ended(17, 1, "A person will go to court for this. You don't need to do anything yet."),
            s.Moved(17, "first_hearing"),
            s.Listed(16, "{year}-02-30T10:00:00Z", "First Hearing"),
            s.Listed(15, 9, "First Hearing"),
            s.Said(15, "The first hearing is at {court}. You don't have to come; I'll tell you the same day what "
                   "was decided."),
        ),
        officer=6,
    ),
    s.Story(
        "purse", s.THEFT_FROM_PERSON, 12, "Purse taken from a shopping trolley at {grocer}.",
        (s.Part("shopper", ages=(70, 86), consent="opted_out"),),
        (s.Said(11, "As you asked, we won't write online. I'll ring on Tuesday, after your daughter has arrived."),),
        officer=3,
    ),
    s.Story(
        "converter", s.THEFT_FROM_VEHICLE, 36, "Catalytic converter cut from a car in a station car park in {place}.",
        (s.Part("commuter"),),
        (s.Said(34, "Thank you for waiting by the car for us. The car park is sending two nights of recordings."),),
        (s.Goods("converter", "Catalytic converter, no marking", "other", value_pence=85_000),),
        officer=0,
    ),
    s.Story(
        "walk-in", s.WALK_IN_THEFT, 10, "A caller walked in through an unlocked back door on {street} and took cash.",
        (s.Part("widower", ages=(79, 90), contact="none", enhanced=True),),
        (s.Said(9, "It was good to meet you. The crime prevention team will come on Friday at two o'clock to fit the "
                "new lock and the door chain; they'll show you their cards first."),),
        (s.Goods("cash", "Cash in a biscuit tin", "cash", value_pence=24_000),),
        officer=6,
    ),
    s.Story(
        "car-doors", s.VEHICLE_INTERFERENCE, 4, "Someone tried the doors of several cars along {street} at night.",
        (s.Part("neighbour", contact="mobile"),),
        (s.Said(3, "Yours was one of nine cars. The neighbourhood team is walking {street} every night this week."),),
        officer=3,
    ),
    s.Story(
        "tomorrow", s.THEFT_FROM_VEHICLE, 0, "Number plates taken from a car in {place}.", (s.Part("visitor"),),
        (s.Said(0, "I've read your report about the number plates and I'll ring you within a day."),),
        officer=1, recorded=False,
    ),
)  # fmt: skip
