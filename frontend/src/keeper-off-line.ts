/**
 * The keeper's page without a line: each act is written into the phone's journal first, and sent when the line is back.
 * The lines are those of `docs/reference/journal.md`; `open`, `close`, `book` and `paper` are the room's own.
 */
import "./keeper.css";

import { offerCameras } from "./keeper-camera";
import { uuid7 } from "./desk-circulation/uuid";
import { CountyBooks } from "./keeper/books";
import { DeviceClock } from "./off-line-desk/clock";
import { type Entry, openJournal } from "./offline/journal";
import { registerWorker, saveAs } from "./offline/register";
import { type LineState, RefusedError, Sender } from "./offline/sender";
import { post, UnreadableError } from "./desk-circulation/server";
import { csrfToken } from "./shell/csrf";

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
  /** Where somebody has to look before it is done. */
  href?: string;
}

interface Answer {
  now: string;
  said: Record<string, Said>;
}

const SHOWN = 10;
const MOST_LOOKED = 50;
const DEVICE = "wenlan.device";
const PAGES = "wenlan.register-pages";
const POSITION_MS = 8000;

const box = document.querySelector("[data-off-line]") as HTMLElement;
const clock = new DeviceClock(localStorage);

function part<Kind extends HTMLElement = HTMLElement>(name: string): Kind {
  return box.querySelector(`[data-${name}]`) as Kind;
}

function word(name: string, places: Record<string, string | number> = {}): string {
  const text = box.dataset[`say${name[0]?.toUpperCase()}${name.slice(1)}`] ?? "";
  return text.replace(/\{(\w+)\}/g, (whole, place: string) => String(places[place] ?? whole));
}

/** The page of the register that lines of a month and number stand on: known by one id, begun with its first line. */
function pageOf(month: string, number: string): string {
  const pages = JSON.parse(localStorage.getItem(PAGES) ?? "{}") as Record<string, string>;
  const name = `${box.dataset["node"] ?? ""} ${month} ${number}`;
  const page = pages[name] ?? uuid7();
  localStorage.setItem(PAGES, JSON.stringify({ ...pages, [name]: page }));
  return page;
}

/** Who stands in a register is kept no longer than until the line is taken in. */
function withoutName(act: Act, said: Said): Act {
  if (act.act !== "paper" || said.href) return act;
  const { reader: _reader, ...rest } = act;
  return rest as Act;
}

/** A form that takes a line to where somebody looks at it, under the id that it has. */
function lookAt(entry: Entry<Act, Said>): HTMLFormElement {
  const form = document.createElement("form");
  form.method = "post";
  form.action = entry.answer?.href ?? "";
  const fields = { ...entry.body, key: entry.id, csrfmiddlewaretoken: csrfToken() };
  for (const name of ["what", "day_written", "reader", "item", "quantity", "back_written", "key", "csrfmiddlewaretoken"] as const) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = String((fields as Record<string, unknown>)[name] ?? "");
    form.append(field);
  }
  const button = document.createElement("button");
  button.className = "k-button";
  button.textContent = word("lookAt");
  form.append(button);
  return form;
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
  const journal = await openJournal<Act, Said>("keeper", () => clock.tick(), withoutName);
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
    const { act, card = "", item = "", persons = "", title = "", day_written = "", quantity = 1 } = entry.body;
    const count = persons || (Number(quantity) > 1 ? `× ${quantity}` : "");
    const shown = document.createElement("li");
    shown.className = `k-choice ${entry.answer?.tone ?? "waits"}`;
    const what = document.createElement("strong");
    what.textContent = [word(act), day_written, entry.answer?.title || title || item, count, card && `→ ${card}`].filter(Boolean).join(" ");
    const said = document.createElement("span");
    said.className = entry.answer?.tone === "stop" ? "k-warn" : "";
    said.textContent = entry.answer ? [entry.answer.label, entry.answer.due].filter(Boolean).join(" ") || "✓" : "…";
    shown.append(what, said);
    if (entry.answer?.href) shown.append(lookAt(entry), leaveButton(entry));
    return shown;
  }

  /** A line that shall not be taken in after all leaves the phone. */
  function leaveButton(entry: Entry<Act, Said>): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "k-link";
    button.textContent = word("leave");
    button.addEventListener("click", () => void journal.forget([entry.id]).then(show));
    return button;
  }

  async function toLookAt(): Promise<Entry<Act, Said>[]> {
    return (await journal.all()).filter((entry) => entry.answer?.href).slice(0, MOST_LOOKED);
  }

  async function show(): Promise<void> {
    const waiting = await toLookAt();
    part("unsent").textContent = String((await journal.count()).unsent);
    part("looks").hidden = waiting.length === 0;
    part("look-list").replaceChildren(...waiting.map(row));
    part("list").replaceChildren(...(await journal.list(SHOWN)).filter((entry) => !entry.answer?.href).map(row));
  }

  /** Asks again what has become of lines that somebody had to look at: perhaps that was done. */
  async function askAgain(): Promise<void> {
    const waiting = await toLookAt();
    if (waiting.length > 0) await journal.answer(await hand(waiting.map(line)));
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
    for (const field of form.querySelectorAll<HTMLInputElement | HTMLSelectElement>("input, select")) {
      if (!(field instanceof HTMLInputElement && field.type === "radio" && !field.checked)) typed[field.name] = field.value.trim();
    }
    if (act === "visit") typed["persons"] = Number(typed["persons"]);
    if (act === "paper") typed["page"] = pageOf(String(typed["month"]), String(typed["number"]));
    await write(act, typed);
    for (const field of form.querySelectorAll<HTMLInputElement>("input:not([type=hidden]):not([type=radio]):not([data-stays])")) {
      field.value = field.defaultValue;
    }
  }

  async function write(act: string, typed: Record<string, string | number>): Promise<void> {
    const at = new Date().toISOString();
    const { offset } = clock;
    const place = act === "open" ? await position() : {};
    const who = { node: box.dataset["node"] ?? "", by: box.dataset["by"] ?? "" };
    try {
      await journal.append({ act, at, offset, ...who, ...typed, ...place });
    } catch (full) {
      part("line").textContent = word("notWritten");
      part("line").className = "k-note warning";
      throw full;
    }
    navigator.vibrate?.(40);
    await show();
    void sender.go();
  }

  for (const form of box.querySelectorAll<HTMLFormElement>("form[data-act]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      keep(form).catch(() => undefined); // it has been said, and what was typed still stands there
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
  const books = new CountyBooks({ box, word, onBook: (fields) => write("book", fields) });
  await books.start().catch(() => undefined);
  if ((await journal.count()).unsent === 0) await hand([]).catch(() => undefined);
  await sender.go();
  await askAgain().catch(() => undefined);
  await show();
  const isKept = await registerWorker(box.dataset["workerUrl"] ?? "", box.dataset["scope"] ?? "");
  box.dataset["ready"] = String(isKept);
}

void start();
