"""Stories of violence, fear and damage: the people for whom somebody must decide before anything is sent."""

from trackmycrime.cli.demonstration import stories as s

AT_HOME = s.Part("at-home", ages=(24, 48), safety=("domestic_abuse",), enhanced=True, contact="mobile")
NOT_YET_ASKED = s.Part(
    "not-yet-asked", ages=(22, 50), suitability="not_assessed", safety=("domestic_abuse",), enhanced=True
)
FOLLOWED = s.Part("followed", ages=(21, 45), safety=("stalking",), enhanced=True)
WATCHED = s.Part("watched", ages=(23, 55), suitability="not_assessed", safety=None)
WATCHED_RISK = s.Part("watched", ages=(23, 55), suitability="not_assessed", safety=("stalking",), enhanced=True)
BARISTA = s.Part("barista", ages=(20, 40), safety=None)
MOTORIST = s.Part("motorist", ages=(25, 66))
MOTORIST_MOVED = s.Part("motorist", ages=(25, 66), contact="new")

STORIES = (
    s.Story(
        "high-street", s.ACTUAL_BODILY_HARM, 29, "Assault outside a takeaway in {place}.",
        (s.Part("passer-by", ages=(20, 35), safety=None),),
        (
            s.Assigned(28),
            s.Said(28, "I hope that your jaw is mending. The hospital has sent its notes, as you allowed."),
            s.Said(24, "Someone has been arrested and questioned about what happened to you.", kind="arrest"),
            s.Said(23, "They have been released on bail and must stay out of the town centre. Ring 999 if you see them "
                   "near you.", kind="bail"),
            s.Moved(20, "investigation", travel="late"),
        ),
        officer=2,
    ),
    s.Story(
        "counter", s.COMMON_ASSAULT, 6, "A customer pushed a member of staff at {cafe}.", (BARISTA,),
        (s.Said(5, "Your manager has saved the recording. Nobody should go to work and be pushed, and I'll treat this "
                "seriously."),),
        officer=2,
    ),
    s.Story(
        "control", s.COERCIVE_CONTROL, 50, "Controlling behaviour by a former partner over several months.", (AT_HOME,),
        (
            s.Assigned(50),
            s.Said(48, "Your support worker and I have agreed with you when it's safe to write, and we keep to it."),
            s.Moved(34, "file_to_cps"),
            s.Said(21, "A charge has been authorised. I'd like to talk it through with you by phone first, as agreed.",
                   kind="charge"),
            s.Ended(21, 1, "The case will go to court. You can ask for a screen, or to speak from another room."),
            s.Listed(13, 12, "First Hearing"),
        ),
        officer=5,
    ),
    s.Story(
        "hallway", s.COMMON_ASSAULT, 2, "Assault by a family member at an address in {place}.", (NOT_YET_ASKED,),
        (s.Assigned(1),),
        officer=5,
    ),
    s.Story(
        "letters", s.STALKING, 26, "Repeated letters and waiting outside a workplace.", (FOLLOWED,),
        (
            s.Assigned(26),
            s.Said(25, "Please keep every letter, unopened if you can, in the bags that I left with you."),
            s.Said(12, "A protective order is now in force. A copy is waiting for you with your support worker."),
            s.Said(5, "I've asked your workplace's security desk to ring us at once, day or night."),
        ),
        officer=4,
    ),
    s.Story(
        "unknown-calls", s.HARASSMENT, 3, "Many calls a day from a withheld number.", (WATCHED,),
        (
            s.Said(2, "Thank you for the list of calls. Don't answer or block the number for now: the record helps."),
            s.Changed(0, WATCHED_RISK),
        ),
        officer=6,
    ),
    s.Story(
        "wing-mirrors", s.CRIMINAL_DAMAGE, 17, "Wing mirrors kicked off parked cars along {street}.", (MOTORIST,),
        (
            s.Said(16, "Eleven cars were damaged in all. We have a good picture from a doorbell."),
            s.Changed(9, MOTORIST_MOVED),
            s.Said(4, "Two young people have been named to us by their own school. I'm seeing them with their parents.",
                   kind="suspect_identified"),
        ),
        (s.Goods("mirror", "Left wing mirror and housing", "vehicle", "damaged", value_pence=16_000),),
        officer=0,
    ),
    s.Story(
        "threat", s.THREATS_TO_KILL, 1, "A threat left in a voicemail.",
        (s.Part("landlord", ages=(40, 66), suitability="not_assessed", safety=None),),
        (s.Assigned(0),),
        officer=6,
    ),
    s.Story(
        "bus-stop", s.AGGRAVATED_HARASSMENT, 35, "Racist abuse shouted at a bus stop on {street}.",
        (s.Part("lecturer", ages=(30, 58), enhanced=True),),
        (
            s.Said(34, "What was said to you is a hate crime, and we have recorded it as one. I'm sorry."),
            s.Said(27, "The bus driver remembers it well, and has signed a statement.", kind="witness_identified"),
            s.Ended(10, 22, "The young person has finished a course about the harm that such words do, and wrote to "
                    "you; I'll keep the letter until you say whether you want it."),
            s.Shut(9, "We have closed the case. Your hate crime support contact stays the same."),
        ),
        officer=2,
    ),
    s.Story(
        "village-hall", s.CRIMINAL_DAMAGE, 44, "Windows broken at a village hall in {place}.",
        (s.Part("caretaker", ages=(38, 64), role="reporter", safety=None),),
        (
            s.Said(43, "Your drawing of where each stone landed made our work much easier."),
            s.Ended(32, 11, "We spoke to the family of a very young child who did it. Taking a child of that age "
                    "further would help nobody; the family is paying for the glass."),
            s.Shut(32, "The case is closed. The parish council has our letter for its insurer."),
        ),
        officer=3,
    ),
    s.Story(
        "underpass", s.ROBBERY, 53, "Headphones and a watch taken by force in an underpass in {place}.",
        (s.Part("runner", ages=(22, 44), safety=None, enhanced=True),),
        (
            s.Said(52, "You described the jacket so well that an officer knew it at once.", kind="suspect_identified"),
            s.Said(50, "A person was arrested at seven this morning and is at the police station.", kind="arrest"),
            s.Said(49, "They have been charged and will stay in custody until the hearing.", kind="charge"),
            s.Ended(49, 1, "This goes to court. The Witness Service can show you the courtroom beforehand."),
            s.Moved(48, "first_hearing"),
            s.Moved(40, "crown_court", "The magistrates have sent the case to {crown}."),
            s.Listed(39, 30, "Trial", "crown"),
            s.Found(33, (s.Goods("watch", "Steel watch, engraved on the back", "jewellery", "recovered"),)),
            s.Said(33, "Your watch is safe with us. It has to stay until the trial is over, and then it's yours.",
                   kind="property_recovered"),
        ),
        (s.Goods("watch", "Steel watch, engraved on the back", "jewellery", value_pence=39_000),
         s.Goods("headphones", "White wireless headphones", "other", make="Lyrebird", value_pence=12_000)),
        officer=1,
    ),
    s.Story(
        "voicemail", s.HARASSMENT, 15, "Messages from several new accounts after blocking the first.", (FOLLOWED,),
        (s.Said(14, "I've linked these messages to your other case, so you need only ever tell the story once."),),
        officer=4,
    ),
    s.Story(
        "taxi-rank", s.WOUNDING, 31, "Injury to the arm during a fight at a taxi rank in {place}.",
        (s.Part("taxi-driver", ages=(30, 60), safety=None, contact="email"),),
        (
            s.Said(30, "The surgeon says that you'll drive again by spring, which I was very glad to hear."),
            s.Said(16, "Despite two appeals, nobody who was there has been able to say who threw the glass."),
            s.Said(3, "We have decided not to take this further, and I'd like to explain why in person.",
                   kind="no_further_action"),
        ),
        officer=2,
    ),
    s.Story(
        "bus-driver", s.ACTUAL_BODILY_HARM, 46, "Bus driver hurt at the end of the line in {place}.",
        (s.Part("bus-driver", ages=(28, 61), suitability="unsuitable"),),
        (
            s.Ended(14, 15, "We know who we believe did this, but prosecutors say that a court could not be sure. You "
                    "may ask for that decision to be looked at again, and I'll help you to do it."),
            s.Shut(14, "The case is closed unless you ask for a review in the next three months."),
        ),
        officer=2,
    ),
    s.Story(
        "fence", s.CRIMINAL_DAMAGE, 0, "Fence panels broken in a dispute between neighbours on {street}.",
        (s.Part("left-side", ages=(35, 70), suitability="not_assessed"),
         s.Part("right-side", ages=(35, 70), suitability="not_assessed", safety=None)),
    ),
)  # fmt: skip
