"""Which change of the draft the first right call of each part of the settings sees: each right call that saves is one more."""

ADMIN = 3
ROUTING = ADMIN + 6
SUPPORT = ROUTING + 8
WORDING = SUPPORT + 8
CLIENTS = WORDING + 2
BRAND = CLIENTS + 1
RETENTION = BRAND + 3
