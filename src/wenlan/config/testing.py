"""What pytest loads before Django: a throw-away home, so that no test ever meets a real installation.

Named in `pyproject.toml` (`-p wenlan.config.testing`), because Django reads its settings before
pytest reads a `conftest.py`. Each worker process makes a home of its own.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator

import pytest
from django.utils import translation
from django.utils.translation import trans_real

from wenlan.config.messages import compile_catalogues

KEPT = {"WENLAN_DATABASE_URL", "WENLAN_TEST_BROWSER", "WENLAN_TEST_DATA"}

for _name in [name for name in os.environ if name.startswith("WENLAN_") and name not in KEPT]:
    del os.environ[_name]

HOME = tempfile.mkdtemp(prefix="wenlan-test-")
os.environ["WENLAN_HOME"] = HOME
atexit.register(shutil.rmtree, HOME, ignore_errors=True)


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    """Speak English unless a test asks for Chinese, so that a message reads as it stands in the code."""
    from django.conf import settings

    compile_catalogues()
    files = "whitenoise.middleware.WhiteNoiseMiddleware"  # reads the folder of built files for every new client
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != files]
    settings.LANGUAGE_CODE = "en"
    vars(trans_real)["_default"] = None  # an import may have asked for a word already, in Chinese
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # scrypt is slow on purpose


@pytest.fixture(autouse=True)
def fresh_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget what this process remembers of the last test's database: its tree, rules and token keys."""
    from wenlan.circulation import rulebook
    from wenlan.credit import rulebook as credit_rules
    from wenlan.ledger import tokens
    from wenlan.network import trees

    trees.forget()
    rulebook.forget()
    credit_rules.forget()
    tokens._known.clear()
    tokens._made_by_acts.clear()
    monkeypatch.setattr(trees, "CHECK_SECONDS", 3600.0)


@pytest.fixture(autouse=True)
def language_of_the_tests() -> Iterator[None]:
    """Begin each test in English, whatever the last one's request left to the thread."""
    translation.activate("en")
    yield
    translation.activate("en")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what only PostgreSQL can show when the tests run on SQLite; hold each `embedded` test to its word."""
    for item in items:
        if item.get_closest_marker("embedded") and item.get_closest_marker("django_db"):
            raise pytest.UsageError(f"{item.nodeid} reads the database and is run on both: it is not embedded")
    if os.environ.get("WENLAN_DATABASE_URL", "").startswith("postgres"):
        return
    for item in items:
        if item.get_closest_marker("postgresql"):
            item.add_marker(pytest.mark.skip(reason="needs PostgreSQL: ./dev test --only postgresql"))
