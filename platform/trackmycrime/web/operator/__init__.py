"""The national operators' console: which forces there are and how they fare, never what a victim told."""

from litestar.types import ControllerRouterHandler

from trackmycrime.web.operator.audit import AuditController
from trackmycrime.web.operator.force import ForceController
from trackmycrime.web.operator.forces import ForcesController, start
from trackmycrime.web.operator.onboarding import OnboardingController
from trackmycrime.web.operator.operators import OperatorsController
from trackmycrime.web.operator.register import RegisterController
from trackmycrime.web.operator.sign_in import SignInController, sign_out

routes: list[ControllerRouterHandler] = [
    start,
    sign_out,
    AuditController,
    ForceController,
    ForcesController,
    OnboardingController,
    OperatorsController,
    RegisterController,
    SignInController,
]
