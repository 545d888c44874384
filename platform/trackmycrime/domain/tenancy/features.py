"""What a force can switch on, and which feature stands on another."""

from enum import StrEnum


class Feature(StrEnum):
    """A part of the service that a force has or has not. Off means it does not exist: no link, no route, no effect."""

    TWO_WAY_MESSAGING = "two_way_messaging"
    SMS = "sms"
    PROPERTY_PAGE = "property_page"
    PROPERTY_SUBMISSION = "property_submission"
    ATTACHMENTS = "attachments"
    JOURNEY = "journey"
    WELSH = "welsh"
    SELF_SERVICE_REPORTING = "self_service_reporting"
    NEXT_ON_DUTY = "next_on_duty"


# What forces ask for and the service does not do yet: nobody is offered a switch that does nothing.
TO_COME = frozenset({Feature.PROPERTY_SUBMISSION, Feature.ATTACHMENTS, Feature.SELF_SERVICE_REPORTING})
_NEEDS = {Feature.PROPERTY_SUBMISSION: Feature.PROPERTY_PAGE}


def needs(feature: Feature) -> Feature | None:
    """Name the feature that must be on before this one means anything: property is submitted on the property page."""
    return _NEEDS.get(feature)
