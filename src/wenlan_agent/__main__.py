"""Starts the agent: `python wenlan-agent.pyz`, `python -m wenlan_agent --help`."""

from __future__ import annotations

import argparse
import json
import pkgutil
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any, Callable

from wenlan_agent import VERSION, devices, feig, keeping, labels, pcsc, sam, server, trying
from wenlan_agent.devices import DeviceTrouble
from wenlan_agent.keeping import Settings
from wenlan_agent.watching import Pad

EVERY_SECONDS = 0.3


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    """Return what was said on the command line; what is said once is kept for the next start."""
    parser = argparse.ArgumentParser(prog="wenlan-agent", description="RFID pads, gates and card readers for Wenlan.")
    parser.add_argument("--origin", action="append", help="address of the library's pages: https://lib.example.cn")
    parser.add_argument("--pad", help="the pad on the desk: feig:COM3, feig:/dev/ttyUSB0, feig:tcp:HOST:PORT, fake")
    parser.add_argument("--gate", help="the gate's antennas, said like the pad")
    parser.add_argument("--identity", help="the reader of identity cards: sam:COM4, sam:tcp:HOST:PORT, fake")
    parser.add_argument("--cards", help="the reader of card numbers: pcsc, pcsc:NAME, fake")
    parser.add_argument("--card-form", choices=pcsc.FORMS, help="how a card's number is written")
    parser.add_argument("--profile", action="append", choices=labels.SHIPPED, help="tag layouts, the first is written")
    parser.add_argument("--port", type=int, help="where the agent listens on this computer (18618)")
    parser.add_argument("--settings", type=Path, default=keeping.folder() / "settings.json", help="where it is kept")
    parser.add_argument("--version", action="version", version=VERSION)
    return parser.parse_args(given)


def settings_of(said: argparse.Namespace) -> Settings:
    """Return the kept settings with what was said now, and with the addresses that came with the program."""
    kept = keeping.load(said.settings)
    packed = json.loads(packed_settings() or b"{}")
    known = {"pad", "gate", "identity", "cards", "card_form", "port"}
    now: dict[str, Any] = {name: value for name, value in vars(said).items() if name in known and value is not None}
    if said.profile:
        now["profiles"] = tuple(said.profile)
    origins = said.origin or []
    now["origins"] = tuple(dict.fromkeys([*kept.origins, *packed.get("origins", ()), *map(bare, origins)]))
    return replace(kept, **now)


def packed_settings() -> bytes | None:
    """Return what the library's server packed into the program when it was fetched from there."""
    try:
        return pkgutil.get_data("wenlan_agent", "packed.json")
    except OSError:
        return None


def bare(origin: str) -> str:
    """Return an address as browsers send it: without a path or the slash at its end."""
    return "/".join(origin.split("/")[:3])


def opener(address: str, kinds: dict[str, Callable[[str], Any]], fake: Any) -> Callable[[], Any]:
    """Return what opens the device of an address. Raises SystemExit for a kind there is not."""
    kind, _colon, rest = address.partition(":")
    if kind == "fake":
        return lambda: fake
    if kind not in kinds:
        raise SystemExit(f"wenlan-agent: {address}?")
    return lambda: kinds[kind](rest)


def agent_of(settings: Settings, keep: Callable[[Settings], None]) -> server.Agent:
    """Return an agent with its devices, not yet looking at them."""
    made = server.Agent(settings, keep)
    profiles = [labels.profile(code) for code in settings.profiles if code in labels.SHIPPED]
    for address, is_gate in ((settings.pad, False), (settings.gate, True)):
        if address:
            reader = opener(address, {"feig": feig.Reader}, devices.FakePad())
            made.pads.append(Pad(reader, profiles or [labels.profile("gbt35660")], made.tell, is_gate))
    if settings.identity:
        made.identity_reader = opener(settings.identity, {"sam": sam.Reader}, devices.FakeIdentityReader())
    return made


def watch_cards(settings: Settings, tell: Callable[[str, Any], None]) -> None:
    """Tell each card that is laid on the reader, once."""
    open_reader = opener(
        settings.cards, {"pcsc": lambda name: pcsc.Reader(name, settings.card_form)}, devices.FakeCardReader()
    )
    reader, before = None, ""
    while True:
        try:
            reader = reader or open_reader()
            number = reader.number()
            if number and number != before:
                tell("card", {"number": number})
            before = number
        except DeviceTrouble:
            reader = None
            time.sleep(2)
        time.sleep(EVERY_SECONDS)


def main(given: list[str] | None = None) -> int:
    """Serve until Ctrl-C."""
    said = arguments(given)
    settings = settings_of(said)
    if not settings.origins:
        print("请用 --origin 写明图书馆的网址 / say the library's address with --origin", file=sys.stderr)
        return 2
    keeping.save(said.settings, settings)
    agent = agent_of(settings, lambda changed: keeping.save(said.settings, changed))
    try:
        serving = server.serving(agent, settings.port)
    except OSError as taken:
        print(f"端口 {settings.port} 已被占用 / the port is taken: {taken}", file=sys.stderr)
        return 1
    for pad in agent.pads:
        pad.start()
    if "fake" in (settings.pad, settings.gate, settings.identity):
        threading.Thread(target=trying.play, args=(agent, sys.stdin), daemon=True).start()
    if settings.cards:
        threading.Thread(target=watch_cards, args=(settings, agent.tell), daemon=True).start()
    print(f"文澜设备助手 / Wenlan agent {VERSION} · http://127.0.0.1:{serving.server_address[1]}")
    print("\n".join(settings.origins))
    server.show_pairing(agent.pairing)
    try:
        serving.serve_forever()
    except KeyboardInterrupt:
        for pad in agent.pads:
            pad.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
