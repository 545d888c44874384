"""The pages of officers, supervisors and the contact team: what waits, and the cases behind it."""

from litestar.types import ControllerRouterHandler

from trackmycrime.web.staff.case_list import CaseListController
from trackmycrime.web.staff.cases import CasesController
from trackmycrime.web.staff.deputies import DeputiesController
from trackmycrime.web.staff.holds import HoldsController
from trackmycrime.web.staff.inbox import InboxController
from trackmycrime.web.staff.people import PeopleController
from trackmycrime.web.staff.provider import ProviderController
from trackmycrime.web.staff.proxies import ProxiesController
from trackmycrime.web.staff.records import RecordsController
from trackmycrime.web.staff.registration import RegistrationController
from trackmycrime.web.staff.resets import LossesController, ResetsController
from trackmycrime.web.staff.rights import RightsController
from trackmycrime.web.staff.roster import RosterController
from trackmycrime.web.staff.second_step import SecondStepController
from trackmycrime.web.staff.sign_in import SignInController, sign_out
from trackmycrime.web.staff.start import StartController
from trackmycrime.web.staff.tasks import TasksController

routes: list[ControllerRouterHandler] = [
    CaseListController,
    CasesController,
    DeputiesController,
    HoldsController,
    InboxController,
    PeopleController,
    ProviderController,
    ProxiesController,
    RecordsController,
    RegistrationController,
    LossesController,
    ResetsController,
    RightsController,
    RosterController,
    SecondStepController,
    SignInController,
    StartController,
    TasksController,
    sign_out,
]
