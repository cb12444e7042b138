/**
 * The keeper's page without a line: each act is written into the phone's journal first, and sent when the line is back.
 * The lines are those of `docs/reference/journal.md`; `open` and `close` are the room's own.
 */
import "./keeper.css";

import { offerCameras } from "./keeper-camera";
import { DeviceClock } from "./off-line-desk/clock";
import { type Entry, openJournal } from "./offline/journal";
import { registerWorker, saveAs } from "./offline/register";
import { type LineState, RefusedError, Sender } from "./offline/sender";
import { post, UnreadableError } from "./desk-circulation/server";

interface Act {
  act: string;
  at: string;
  offset: number;
  node: string;
  by: string;
  [field: string]: string | number;
}

interface Said {
  tone: "good" | "look" | "stop";
  label: string;
  title: string;
  due: string;
}

interface Answer {
  now: string;
  said: Record<string, Said>;
}

const SHOWN = 10;
const DEVICE = "wenlan.device";
const POSITION_MS = 8000;

const box = document.querySelector("[data-off-line]") as HTMLElement;
const clock = new DeviceClock(localStorage);

function part<Kind extends HTMLElement = HTMLElement>(name: string): Kind {
  return box.querySelector(`[data-${name}]`) as Kind;
}

function word(name: string): string {
  return box.dataset[`say${name[0]?.toUpperCase()}${name.slice(1)}`] ?? "";
}

function device(): string {
  const known = localStorage.getItem(DEVICE) ?? `ROOM-${Math.random().toString(16).slice(2, 8).toUpperCase()}`;
  localStorage.setItem(DEVICE, known);
  return known;
}

function line(entry: Entry<Act, Said>): string {
  return JSON.stringify({ uuid: entry.id, ...entry.body });
}

/** Where the phone is; nothing where it says nothing in time. */
function position(): Promise<Record<string, number>> {
  return new Promise((resolve) => {
    if (!navigator.geolocation) return resolve({});
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ latitude: coords.latitude, longitude: coords.longitude, accuracy: coords.accuracy }),
      () => resolve({}),
      { timeout: POSITION_MS, maximumAge: 60_000 },
    );
  });
}

async function start(): Promise<void> {
  const journal = await openJournal<Act, Said>("keeper", () => clock.tick());
  for (const last of await journal.list(1)) clock.goOnAfter(Date.parse(last.at));

  /** Hands lines to the server, and takes its clock down: also without any line, when the page opens. */
  async function hand(lines: string[]): Promise<Record<string, Said>> {
    const began = Date.now();
    const sent = { device: device(), sent_at: new Date().toISOString(), offset: clock.offset, lines };
    const answer = await post<Answer>(box.dataset["actsUrl"] ?? "", sent);
    const { unsent } = await journal.count();
    clock.heard(answer.now, Date.now() - began, unsent > Object.keys(answer.said).length);
    return answer.said;
  }

  async function send(entries: Entry<Act, Said>[]): Promise<Record<string, Said>> {
    try {
      return await hand(entries.map(line));
    } catch (fault) {
      throw fault instanceof UnreadableError ? new RefusedError("") : fault;
    }
  }

  function row(entry: Entry<Act, Said>): HTMLLIElement {
    const { act, card = "", item = "", persons = "" } = entry.body;
    const shown = document.createElement("li");
    shown.className = `k-choice ${entry.answer?.tone ?? "waits"}`;
    const what = document.createElement("strong");
    what.textContent = [word(act), entry.answer?.title || item, persons, card && `→ ${card}`].filter(Boolean).join(" ");
    const said = document.createElement("span");
    said.className = entry.answer?.tone === "stop" ? "k-warn" : "";
    said.textContent = entry.answer ? [entry.answer.label, entry.answer.due].filter(Boolean).join(" ") || "✓" : "…";
    shown.append(what, said);
    return shown;
  }

  async function show(): Promise<void> {
    part("unsent").textContent = String((await journal.count()).unsent);
    part("list").replaceChildren(...(await journal.list(SHOWN)).map(row));
  }

  const sender = new Sender<Act, Said>({
    journal,
    send,
    onState: (state: LineState) => {
      part("line").textContent = word(state);
      part("line").className = `k-note ${state === "idle" ? "success" : state === "sending" ? "" : "warning"}`;
      void show();
    },
  });

  async function keep(form: HTMLFormElement): Promise<void> {
    const act = form.dataset["act"] ?? "";
    const typed: Record<string, string | number> = {};
    for (const field of form.querySelectorAll("input")) typed[field.name] = field.value.trim();
    if (act === "visit") typed["persons"] = Number(typed["persons"]);
    const at = new Date().toISOString();
    const { offset } = clock;
    const place = act === "open" ? await position() : {};
    const who = { node: box.dataset["node"] ?? "", by: box.dataset["by"] ?? "" };
    await journal.append({ act, at, offset, ...who, ...typed, ...place });
    for (const field of form.querySelectorAll<HTMLInputElement>("input:not([type=hidden]):not([name=card])")) field.value = "";
    navigator.vibrate?.(40);
    await show();
    void sender.go();
  }

  for (const form of box.querySelectorAll<HTMLFormElement>("form[data-act]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void keep(form);
    });
  }
  part("send").addEventListener("click", () => void sender.go());
  part("save").addEventListener("click", async () => {
    const lines = (await journal.unsent(10_000)).map((entry) => `${line(entry)}\n`).join("");
    saveAs(`${device()}.jsonl`, lines);
  });
  window.addEventListener("online", () => void sender.go());
  document.addEventListener("visibilitychange", () => void sender.go());
  offerCameras();
  await show();
  if ((await journal.count()).unsent === 0) await hand([]).catch(() => undefined);
  await sender.go();
  const isKept = await registerWorker(box.dataset["workerUrl"] ?? "", box.dataset["scope"] ?? "");
  box.dataset["ready"] = String(isKept);
}

void start();
