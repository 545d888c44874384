"""The pages of victims: one's own case, and nobody else's."""

from litestar.types import ControllerRouterHandler

from trackmycrime.web.victim.account import AccountController, stay
from trackmycrime.web.victim.authenticator import AuthenticatorController
from trackmycrime.web.victim.calls import CallsController
from trackmycrime.web.victim.cases import CasesController
from trackmycrime.web.victim.factors import FactorsController
from trackmycrime.web.victim.halfway import HalfwayController
from trackmycrime.web.victim.hours import HoursController
from trackmycrime.web.victim.messages import MessagesController
from trackmycrime.web.victim.my_case import MyCaseController
from trackmycrime.web.victim.news import latest, news
from trackmycrime.web.victim.number import NumberController
from trackmycrime.web.victim.passkeys import PasskeysController, PasskeySignInController
from trackmycrime.web.victim.progress import ProgressController
from trackmycrime.web.victim.property import PropertyController
from trackmycrime.web.victim.registration import RegistrationController
from trackmycrime.web.victim.reports import ReportsController
from trackmycrime.web.victim.resets import ResetsController
from trackmycrime.web.victim.settings import SettingsController
from trackmycrime.web.victim.sign_in import SignInController, leave, sign_out
from trackmycrime.web.victim.text_step import TextStepController
from trackmycrime.web.victim.unsubscribe import UnsubscribeController

routes: list[ControllerRouterHandler] = [
    AccountController,
    AuthenticatorController,
    CallsController,
    CasesController,
    FactorsController,
    HalfwayController,
    HoursController,
    MessagesController,
    MyCaseController,
    NumberController,
    PasskeySignInController,
    PasskeysController,
    ProgressController,
    PropertyController,
    RegistrationController,
    ReportsController,
    ResetsController,
    SettingsController,
    SignInController,
    TextStepController,
    UnsubscribeController,
    latest,
    leave,
    news,
    sign_out,
    stay,
]
