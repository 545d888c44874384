"""Who may do what, on one page: every route names its permission, every role has a list."""

from enum import StrEnum

from trackmycrime.kit.actor import Kind


class Permission(StrEnum):
    """What a route needs. `PUBLIC` needs nothing; `MACHINE_...` is checked by the token, not by a session."""

    ADMIN_CHANGE = "admin:change"
    ADMIN_READ = "admin:read"
    CASE_OPEN = "case:open"
    CASE_READ = "case:read"
    CASE_TELL = "case:tell"
    DEPUTY_NAME = "deputy:name"
    DUTY_SAY = "duty:say"
    FORCES_CHANGE = "forces:change"
    FORCES_READ = "forces:read"
    HOLD_PLACE = "hold:place"
    INBOX_READ = "inbox:read"
    INBOX_WORK = "inbox:work"
    MACHINE_COLLECT = "machine:collect"
    MACHINE_READ = "machine:read"
    MACHINE_SEND = "machine:send"
    MESSAGE_READ = "message:read"
    MESSAGE_SEND = "message:send"
    MY_CASE_COPY = "my-case:copy"
    PERSON_CHANGE = "person:change"
    PROGRESS_READ = "progress:read"
    PROPERTY_READ = "property:read"
    PUBLIC = "public"
    RECORDS_WORK = "records:work"
    REPORT_READ = "report:read"
    RIGHTS_ENTER = "rights:enter"
    SETTINGS_CHANGE = "settings:change"
    SIGN_OUT = "sign-out"


# What a record system may do, as far as its force lets this one: the second word is what its client says of it.
MACHINES = frozenset({Permission.MACHINE_COLLECT, Permission.MACHINE_READ, Permission.MACHINE_SEND})
_CASE_WORK = frozenset(
    {
        Permission.CASE_OPEN,
        Permission.CASE_READ,
        Permission.CASE_TELL,
        Permission.DEPUTY_NAME,
        Permission.DUTY_SAY,
        Permission.INBOX_READ,
        Permission.INBOX_WORK,
        Permission.PERSON_CHANGE,
        Permission.SIGN_OUT,
    }
)
ROLES: dict[str, frozenset[Permission]] = {
    "victim": frozenset(
        {
            Permission.MESSAGE_READ,
            Permission.MESSAGE_SEND,
            Permission.MY_CASE_COPY,
            Permission.PROGRESS_READ,
            Permission.PROPERTY_READ,
            Permission.REPORT_READ,
            Permission.SETTINGS_CHANGE,
            Permission.SIGN_OUT,
        }
    ),
    "officer": _CASE_WORK,
    "supervisor": _CASE_WORK | {Permission.HOLD_PLACE, Permission.RECORDS_WORK, Permission.RIGHTS_ENTER},
    "hub": _CASE_WORK | {Permission.RECORDS_WORK, Permission.RIGHTS_ENTER},
    "admin": frozenset({Permission.ADMIN_CHANGE, Permission.ADMIN_READ, Permission.SIGN_OUT}),
    "operator": frozenset({Permission.FORCES_READ, Permission.FORCES_CHANGE, Permission.SIGN_OUT}),
    "record_system": MACHINES,
}


def may(role: str, permission: Permission) -> bool:
    """Say whether a role has a permission."""
    return permission is Permission.PUBLIC or permission in ROLES.get(role, frozenset())


def kind_for(permission: Permission) -> Kind:
    """Return which sort of person signs in for a permission: it decides to which sign-in page a visitor is sent."""
    return Kind.VICTIM if permission in ROLES["victim"] - _CASE_WORK else Kind.STAFF
