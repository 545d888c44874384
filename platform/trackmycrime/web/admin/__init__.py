"""The pages of a force's administrators: how the force uses the service, and no case at all."""

from litestar.types import ControllerRouterHandler

from trackmycrime.web.admin.branding import BrandingController
from trackmycrime.web.admin.features import FeaturesController
from trackmycrime.web.admin.history import HistoryController
from trackmycrime.web.admin.review import ReviewController
from trackmycrime.web.admin.staff import StaffController
from trackmycrime.web.admin.staff_deputies import StaffDeputiesController
from trackmycrime.web.admin.staff_import import StaffImportController
from trackmycrime.web.admin.staff_invitation import StaffInvitationController, StaffReinvitationController
from trackmycrime.web.admin.staff_leaving import (
    StaffDepartureController,
    StaffReturnController,
    StaffSuspensionController,
)
from trackmycrime.web.admin.staff_member import StaffMemberController
from trackmycrime.web.admin.staff_requests import StaffRequestsController
from trackmycrime.web.admin.start import StartController

routes: list[ControllerRouterHandler] = [
    StartController,
    BrandingController,
    FeaturesController,
    ReviewController,
    HistoryController,
    StaffController,
    StaffDeputiesController,
    StaffDepartureController,
    StaffImportController,
    StaffInvitationController,
    StaffMemberController,
    StaffReinvitationController,
    StaffRequestsController,
    StaffReturnController,
    StaffSuspensionController,
]
