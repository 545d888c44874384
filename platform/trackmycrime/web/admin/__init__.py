"""The pages of a force's administrators: how the force uses the service, and no case at all."""

from litestar.types import ControllerRouterHandler

from trackmycrime.web.admin.arrivals import ArrivalsController
from trackmycrime.web.admin.branding import BrandingController
from trackmycrime.web.admin.client import ClientController
from trackmycrime.web.admin.clients import ClientsController
from trackmycrime.web.admin.features import FeaturesController
from trackmycrime.web.admin.first_load import FirstLoadController
from trackmycrime.web.admin.history import HistoryController
from trackmycrime.web.admin.review import ReviewController
from trackmycrime.web.admin.start import StartController
from trackmycrime.web.admin.waiting import WaitingController

routes: list[ControllerRouterHandler] = [
    StartController,
    BrandingController,
    FeaturesController,
    ReviewController,
    HistoryController,
    ClientsController,
    ClientController,
    WaitingController,
    ArrivalsController,
    FirstLoadController,
]
