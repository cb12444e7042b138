"""What only the edges may do: read the clock, catch everything, touch the system in one system's way."""

import ast
from collections.abc import Iterator
from datetime import date

import pytest
from django.forms import DateField, HiddenInput
from django.forms.forms import BaseForm
from django.urls import get_resolver
from django.utils.translation import override

from tests.architecture.sources import Module, calls, modules, own_code
from wenlan.ui.widgets import DayInput

pytestmark = pytest.mark.embedded

CLOCK = "src/wenlan/ui/clock.py"
CLOCK_READS = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "datetime.datetime.now",
    "date.today",
    "datetime.date.today",
    "timezone.now",
    "timezone.localdate",
    "timezone.localtime",
    "localdate",
    "localtime",
}
# With an argument these only translate an instant they are given.
TRANSLATING = {"timezone.localdate", "timezone.localtime", "localdate", "localtime"}

POSIX_ONLY = {
    "os.fork",
    "os.forkpty",
    "os.getuid",
    "os.geteuid",
    "os.getgid",
    "os.setuid",
    "os.setgid",
    "os.setsid",
    "os.killpg",
    "os.getpgid",
    "os.uname",
    "os.getloadavg",
    "os.mkfifo",
    "signal.SIGKILL",
    "signal.SIGHUP",
    "signal.SIGQUIT",
    "signal.SIGUSR1",
    "signal.SIGUSR2",
    "signal.SIGCHLD",
    "signal.alarm",
    "signal.pause",
    "socket.AF_UNIX",
}
POSIX_MODULES = {"fcntl", "pwd", "grp", "termios", "resource", "syslog", "pty", "tty"}
GUARDS = ("sys.platform", "os.name", "hasattr(", "platform.system")


def guarded(module: Module) -> set[ast.AST]:
    """Return the syntax that stands under a question about the system, or under a caught ImportError."""
    inside: set[ast.AST] = set()
    for node in ast.walk(module.tree):
        asks = isinstance(node, ast.If | ast.IfExp) and any(guard in ast.unparse(node.test) for guard in GUARDS)
        tries = isinstance(node, ast.Try) and any("ImportError" in ast.unparse(h.type or node) for h in node.handlers)
        if asks or tries:
            inside.update(ast.walk(node))
    return inside


def posix_only(module: Module) -> Iterator[str]:
    """Yield each use of what Windows does not have."""
    safe = guarded(module)
    for node in ast.walk(module.tree):
        if node in safe:
            continue
        if isinstance(node, ast.Attribute) and ast.unparse(node) in POSIX_ONLY:
            yield f"{module.at(node)} {ast.unparse(node)}"
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = {alias.name for alias in node.names} | {getattr(node, "module", None)}
            yield from (
                f"{module.at(node)} import {name}" for name in sorted(filter(None, names)) if name in POSIX_MODULES
            )
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith(("/tmp", "/dev/")):
            yield f"{module.at(node)} {node.value!r}"


def test_only_the_clock_reads_the_clock():
    found = [
        f"{module.at(call)} {name}"
        for module in own_code()
        if module.where != CLOCK
        for call, name in calls(module)
        if name in CLOCK_READS and not (name in TRANSLATING and call.args)
    ]
    found += [
        f"{module.at(node)} {node.arg or ast.unparse(node.value)}"
        for module in own_code()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.keyword)
        and (node.arg in {"auto_now", "auto_now_add"} or ast.unparse(node.value) in {"timezone.now", "datetime.now"})
    ]

    assert found == []


def test_nothing_needs_a_posix_system():
    assert [use for module in own_code() for use in posix_only(module)] == []


def test_text_files_are_opened_in_a_stated_encoding():
    """Chinese Windows would read and write them in GBK."""
    assert [
        f"{module.at(call)} {name}"
        for module in modules("src", "tools")
        for call, name in calls(module)
        if name.split(".")[-1] in {"read_text", "write_text", "open"} and is_text_without_encoding(call, name)
    ] == []


def is_text_without_encoding(call: ast.Call, name: str) -> bool:
    """Whether a call opens a text file in whatever encoding the machine prefers."""
    function = name.split(".")[-1]
    if any(keyword.arg == "encoding" for keyword in call.keywords):
        return False
    literals = [argument.value for argument in call.args if isinstance(argument, ast.Constant)]
    if function == "open":
        modes = literals + [keyword.value.value for keyword in call.keywords if isinstance(keyword.value, ast.Constant)]
        is_builtin = name == "open" or name.endswith(("path.open", "Path.open"))
        return is_builtin and not any("b" in str(mode) for mode in modes)
    return len(call.args) < (2 if function == "write_text" else 1)


def test_exceptions_are_caught_by_name():
    """Only the outermost edge may catch everything, and says so on the line; passing it on is no catching."""
    assert [
        module.at(handler)
        for module in own_code()
        for handler in ast.walk(module.tree)
        if isinstance(handler, ast.ExceptHandler)
        and (handler.type is None or ast.unparse(handler.type) in {"Exception", "BaseException"})
        and "# the outermost edge: " not in module.line(handler.lineno)
        and not passes_on(handler)
    ] == []


def passes_on(handler: ast.ExceptHandler) -> bool:
    """Whether a handler ends by raising what it caught."""
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def test_days_are_asked_for_by_the_one_widget_that_shows_them_in_every_language():
    assert [
        module.at(node)
        for module in own_code()
        if module.where != "src/wenlan/ui/widgets.py"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr in {"DateInput", "DateTimeInput", "SelectDateWidget"}
    ] == []
    assert [
        f"{form.__module__}.{form.__name__}.{name}"
        for form in forms_of_ours()
        for name, field in form.base_fields.items()
        if isinstance(field, DateField) and not isinstance(field.widget, DayInput | HiddenInput)
    ] == []


def forms_of_ours() -> set[type[BaseForm]]:
    """Return every form that the pages use."""
    get_resolver().url_patterns  # noqa: B018 - loads the pages, and with them their forms
    waiting, found = [BaseForm], set()
    while waiting:
        below = waiting.pop().__subclasses__()
        waiting += below
        found |= {form for form in below if form.__module__.startswith("wenlan.")}
    return found


def test_a_day_that_is_known_stands_in_the_field_of_a_chinese_page():
    with override("zh-hans"):
        shown = DayInput().render("day", date(2019, 3, 4))

    assert shown == '<input type="date" name="day" value="2019-03-04">'
