"""The kinds of crime, in the words people use."""

from enum import StrEnum


class OffenceGroup(StrEnum):
    """A kind of crime in the words people use; a force tracks some of them, and each is risky to write about or not."""

    BURGLARY = "burglary"
    ROBBERY = "robbery"
    THEFT = "theft"
    SHOPLIFTING = "shoplifting"
    VEHICLE = "vehicle"
    BICYCLE = "bicycle"
    DAMAGE = "damage"
    VIOLENCE = "violence"
    SEXUAL = "sexual"
    STALKING = "stalking"
    THREATS = "threats"
    DOMESTIC = "domestic"
    HONOUR_BASED = "honour_based"
    EXPLOITATION = "exploitation"
    FRAUD = "fraud"
    PUBLIC_ORDER = "public_order"
    WEAPONS = "weapons"
    DRUGS = "drugs"
    DRIVING = "driving"
    OTHER = "other"
