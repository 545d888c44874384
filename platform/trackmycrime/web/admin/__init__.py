"""The pages of a force's administrators: how the force uses the service, and no case at all."""

from litestar.types import ControllerRouterHandler

from trackmycrime.web.admin.branding import BrandingController
from trackmycrime.web.admin.features import FeaturesController
from trackmycrime.web.admin.history import HistoryController
from trackmycrime.web.admin.review import ReviewController
from trackmycrime.web.admin.routing import RoutingController
from trackmycrime.web.admin.rules import RulesController
from trackmycrime.web.admin.start import StartController
from trackmycrime.web.admin.trial import TrialController
from trackmycrime.web.admin.units import UnitsController

routes: list[ControllerRouterHandler] = [
    StartController,
    BrandingController,
    FeaturesController,
    RoutingController,
    UnitsController,
    RulesController,
    TrialController,
    ReviewController,
    HistoryController,
]
