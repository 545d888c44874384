"""The pages of a force's administrators: how the force uses the service, and no case at all."""

from litestar.types import ControllerRouterHandler

from trackmycrime.web.admin.arrivals import ArrivalsController
from trackmycrime.web.admin.audit import AuditController
from trackmycrime.web.admin.audit_openings import AuditCaseController, AuditMemberController
from trackmycrime.web.admin.audit_whole import AuditWholeController
from trackmycrime.web.admin.branding import BrandingController
from trackmycrime.web.admin.client import ClientController
from trackmycrime.web.admin.clients import ClientsController
from trackmycrime.web.admin.crimes import CrimesController
from trackmycrime.web.admin.features import FeaturesController
from trackmycrime.web.admin.figures import FiguresController
from trackmycrime.web.admin.first_load import FirstLoadController
from trackmycrime.web.admin.footer import FooterController
from trackmycrime.web.admin.history import HistoryController
from trackmycrime.web.admin.logo import LogoController
from trackmycrime.web.admin.preview import PreviewController
from trackmycrime.web.admin.ready import ReadyController
from trackmycrime.web.admin.retention import RetentionController
from trackmycrime.web.admin.retention_coming import RetentionComingController
from trackmycrime.web.admin.retention_deletions import RetentionDeletionsController
from trackmycrime.web.admin.retention_holds import RetentionHoldsController
from trackmycrime.web.admin.retention_requests import RetentionRequestsController
from trackmycrime.web.admin.review import ReviewController
from trackmycrime.web.admin.routing import RoutingController
from trackmycrime.web.admin.routing_trial import RoutingTrialController
from trackmycrime.web.admin.rules import RulesController
from trackmycrime.web.admin.settings import SettingsController
from trackmycrime.web.admin.settings_file import SettingsFileController
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
from trackmycrime.web.admin.staff_sign_in import StaffSignInController
from trackmycrime.web.admin.start import StartController
from trackmycrime.web.admin.support import SupportController
from trackmycrime.web.admin.support_file import SupportFileController
from trackmycrime.web.admin.support_national import SupportNationalController
from trackmycrime.web.admin.trial import TrialController
from trackmycrime.web.admin.units import UnitsController
from trackmycrime.web.admin.waiting import WaitingController
from trackmycrime.web.admin.wording import WordingController

routes: list[ControllerRouterHandler] = [
    StartController,
    BrandingController,
    LogoController,
    FooterController,
    FeaturesController,
    CrimesController,
    PreviewController,
    ReadyController,
    SupportController,
    SupportFileController,
    SupportNationalController,
    WordingController,
    RoutingController,
    UnitsController,
    RulesController,
    RoutingTrialController,
    RetentionController,
    RetentionComingController,
    RetentionDeletionsController,
    RetentionHoldsController,
    RetentionRequestsController,
    ReviewController,
    SettingsController,
    SettingsFileController,
    HistoryController,
    StaffSignInController,
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
    ClientsController,
    ClientController,
    WaitingController,
    ArrivalsController,
    FirstLoadController,
    TrialController,
    AuditController,
    AuditCaseController,
    AuditMemberController,
    AuditWholeController,
    FiguresController,
]
