"""What log-in is set to: addresses of its pages, what they say, how passwords are hashed."""

from datetime import timedelta
from typing import Any

from feedback.accounts import passwords
from feedback.accounts.passwords import N_

START = "/desk/"
ACCOUNT = "/desk/account"
RESET_WITHIN = timedelta(hours=1)
# Before a second factor or a passkey is changed, a password of some minutes ago is not enough.
FRESH_FOR = timedelta(minutes=15)
CODE_STEP = 30  # seconds that a code of an authenticator app is good for, before and after

GENERIC = N_(
    "Email or password is wrong. After several wrong tries an account takes none for a "
    "while; setting a new password helps."
)
NO_PASSKEY = N_("This passkey was not taken. Try again, or log in with your password.")
MESSAGES = {
    # The same words for an unknown address, a wrong password, a disabled or locked account.
    "GENERIC_AUTHN_FAILED": GENERIC,
    "PASSWORD_RESET_REQUEST": N_(
        "If there is an account for %(email)s, a link to set a new password is on its way. "
        "It works for one hour."
    ),
    "PASSWORD_RESET_EXPIRED": N_("This link is too old. Ask for a new one."),
    "INVALID_RESET_PASSWORD_TOKEN": N_("This link was used already, or is not whole. Ask anew."),
    "PASSWORD_RESET_NO_LOGIN": N_("The new password is set. Log in with it."),
    "PASSWORD_CHANGE": N_("The new password is set. All other log-ins have ended."),
    "PASSWORD_IS_THE_SAME": N_("The new password is the present one. Choose another."),
    "PASSWORD_NOT_PROVIDED": N_("Enter a password."),
    "INVALID_PASSWORD": N_("This is not your present password."),
    "RETYPE_PASSWORD_MISMATCH": N_("The two new passwords differ. Type the same one twice."),
    "EMAIL_NOT_PROVIDED": N_("Enter your email address."),
    "INVALID_EMAIL_ADDRESS": N_("Enter an email address in full, like name@example.com."),
    "UNAUTHENTICATED": N_("Log in to go on."),
    "REAUTHENTICATION_REQUIRED": N_("Say once more that it is you, then go on."),
    "REAUTHENTICATION_SUCCESSFUL": N_("Thank you. Go on."),
    "TWO_FACTOR_INVALID_TOKEN": N_("This code is wrong, too old, or was used already."),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": N_("You are logged in."),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": N_(
        "From now on the log-in asks for a code of your authenticator app."
    ),
    "TWO_FACTOR_PERMISSION_DENIED": N_("That took too long. Log in anew."),
    "TWO_FACTOR_METHOD_NOT_AVAILABLE": N_("Choose one of these."),
    "TWO_FACTOR_DISABLED": N_("The log-in asks for no code of an authenticator app any more."),
    "TWO_FACTOR_SETUP_EXPIRED": N_("That took too long. Begin anew."),
    "INVALID_RECOVERY_CODE": N_("This recovery code is wrong, or was used already."),
    "API_ERROR": N_("That could not be read. Begin anew."),
    "WEBAUTHN_EXPIRED": N_("That took too long. Begin anew."),
    "WEBAUTHN_NAME_REQUIRED": N_("Give the passkey a name, so that you know it again."),
    "WEBAUTHN_NAME_INUSE": N_("You have a passkey of that name. Give this one another."),
    "WEBAUTHN_NAME_NOT_FOUND": N_("There is no such passkey."),
    "WEBAUTHN_NAME_DISALLOWED_CHARACTERS": N_("Use letters, digits, spaces and hyphens."),
    "INVALID_INPUT": N_("Use letters, digits, spaces and hyphens."),
    "INVALID_INPUT_LENGTH": N_("Use at most %(length)s characters."),
    "WEBAUTHN_CREDENTIAL_DELETED": N_("The passkey is removed."),
    "WEBAUTHN_REGISTER_SUCCESSFUL": N_("The passkey is added."),
    "WEBAUTHN_CREDENTIAL_ID_INUSE": N_("This passkey is known already."),
    # The same words whether a passkey is unknown, of a disabled account, or of another use.
    "WEBAUTHN_UNKNOWN_CREDENTIAL_ID": NO_PASSKEY,
    "WEBAUTHN_ORPHAN_CREDENTIAL_ID": NO_PASSKEY,
    "WEBAUTHN_NO_VERIFY": NO_PASSKEY,
    "WEBAUTHN_CREDENTIAL_WRONG_USAGE": NO_PASSKEY,
    "WEBAUTHN_MISMATCH_USER_HANDLE": NO_PASSKEY,
}
GOOD_NEWS = frozenset(
    {
        "PASSWORD_RESET_REQUEST",
        "PASSWORD_RESET_NO_LOGIN",
        "PASSWORD_CHANGE",
        "REAUTHENTICATION_REQUIRED",
        "REAUTHENTICATION_SUCCESSFUL",
        "TWO_FACTOR_LOGIN_SUCCESSFUL",
        "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL",
        "TWO_FACTOR_DISABLED",
        "WEBAUTHN_CREDENTIAL_DELETED",
        "WEBAUTHN_REGISTER_SUCCESSFUL",
    }
)

SETTINGS: dict[str, Any] = {
    "URL_PREFIX": "/desk",
    "LOGIN_URL": "/login",
    "LOGOUT_URL": "/logout",
    "LOGOUT_CSRF": True,
    "RESET_URL": "/reset",
    "CHANGE_URL": "/password",
    "VERIFY_URL": "/confirm",
    "POST_LOGIN_VIEW": START,
    "POST_LOGOUT_VIEW": "/desk/login",
    "POST_CHANGE_VIEW": ACCOUNT,
    "POST_VERIFY_VIEW": ACCOUNT,
    "RECOVERABLE": True,
    "CHANGEABLE": True,
    "RETURN_GENERIC_RESPONSES": True,
    "RESET_PASSWORD_WITHIN": RESET_WITHIN,
    "API_ENABLED_METHODS": ["session"],
    "FRESHNESS": FRESH_FOR,
    "FRESHNESS_GRACE_PERIOD": FRESH_FOR,
    "TWO_FACTOR": True,
    "TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
    "TWO_FACTOR_AUTHENTICATOR_VALIDITY": CODE_STEP,
    "TWO_FACTOR_RESCUE_EMAIL": False,
    "TWO_FACTOR_SETUP_URL": "/account/app",
    "TWO_FACTOR_TOKEN_VALIDATION_URL": "/login/code",
    "TWO_FACTOR_RESCUE_URL": "/login/rescue",
    "TWO_FACTOR_SELECT_URL": "/login/second",
    "TWO_FACTOR_POST_SETUP_VIEW": ACCOUNT,
    "MULTI_FACTOR_RECOVERY_CODES": True,
    "MULTI_FACTOR_RECOVERY_CODES_N": 10,
    "MULTI_FACTOR_RECOVERY_CODES_URL": "/account/codes",
    "MULTI_FACTOR_RECOVERY_URL": "/login/recovery",
    "TOTP_ISSUER": "We Hear You",
    "WEBAUTHN": True,
    "WAN_RP_NAME": "We Hear You",
    "WAN_ALLOW_USER_HINTS": False,  # an address that is typed would tell who has a passkey
    "WAN_REGISTER_URL": "/account/passkeys",
    "WAN_DELETE_URL": "/account/passkeys/remove",
    "WAN_SIGNIN_URL": "/login/passkey",
    "WAN_SIGNIN_WITHIN": timedelta(minutes=5),
    "WAN_VERIFY_URL": "/confirm/passkey",
    "WAN_POST_REGISTER_VIEW": ACCOUNT,
    "STATIC_FOLDER": None,
    "CLI_USERS_NAME": None,
    "CLI_ROLES_NAME": None,
    "EMAIL_HTML": False,
    "EMAIL_SUBJECT_PASSWORD_RESET": N_("Set a new password for the letters desk"),
    "EMAIL_SUBJECT_PASSWORD_NOTICE": N_("Your password for the letters desk was reset"),
    "EMAIL_SUBJECT_PASSWORD_CHANGE_NOTICE": N_("Your password for the letters desk was changed"),
    "PASSWORD_HASH": "argon2",
    "PASSWORD_SCHEMES": ["argon2"],
    "PASSWORD_SINGLE_HASH": {"argon2"},  # plain argon2id, which the command line makes as well
    "PASSWORD_HASH_PASSLIB_OPTIONS": {
        "argon2__type": "ID",
        "argon2__time_cost": passwords.TIME_COST,
        "argon2__memory_cost": passwords.MEMORY_KIB,
        "argon2__parallelism": passwords.PARALLELISM,
    },
    # Only binds a reset link to the present hash; a slow one would tell by its time who is known.
    "HASHING_SCHEMES": ["hex_sha256"],
    "PASSWORD_LENGTH_MIN": passwords.SHORTEST,
    "PASSWORD_NORMALIZE_FORM": passwords.NORMAL_FORM,
}
