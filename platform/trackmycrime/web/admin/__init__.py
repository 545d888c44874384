"""The pages of a force's administrators: how the force uses the service, and no case at all."""

from litestar.types import ControllerRouterHandler

from trackmycrime.web.admin.branding import BrandingController
from trackmycrime.web.admin.features import FeaturesController
from trackmycrime.web.admin.history import HistoryController
from trackmycrime.web.admin.review import ReviewController
from trackmycrime.web.admin.staff_sign_in import StaffSignInController
from trackmycrime.web.admin.start import StartController

routes: list[ControllerRouterHandler] = [
    StartController,
    BrandingController,
    FeaturesController,
    ReviewController,
    HistoryController,
    StaffSignInController,
]
