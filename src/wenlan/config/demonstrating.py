"""`wenlan demo`, given how an installation is made ready."""

from dataclasses import replace

from django.conf import settings

from wenlan.config.home import Installation, read_installation
from wenlan.config.installing import prepare
from wenlan.demo.commands import demo_command


def prepare_with_clock(offset_seconds: int | None) -> None:
    """Make the home ready; None leaves the clock as it was."""
    present = read_installation(settings.WENLAN_HOME)
    installation = Installation(
        time_zone=present.time_zone,
        clock_offset_seconds=present.clock_offset_seconds,
        database_url=settings.WENLAN_DATABASE_URL,
    )
    if offset_seconds is not None:
        installation = replace(installation, clock_offset_seconds=offset_seconds)
    prepare(installation)


COMMANDS = [demo_command(prepare_with_clock)]
