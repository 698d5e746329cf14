"""Fixtures that every test may ask for; each plugin below says what it gives."""

pytest_plugins = (
    "tests.reports",  # what xdist cannot send
    "tests.golden_files",  # golden; the option --golden
    "tests.fixtures_network",  # no test talks to another machine
    "tests.fixtures_database",  # engine_name, database_url, clock, store, empty_database
    "tests.fixtures_command",  # command
    "tests.fixtures_properties",  # how hypothesis tries
    "tests.fixtures_newsroom",  # settings, newsroom, app, app_with_csrf, client, log_in, token
)
