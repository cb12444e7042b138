/** The chooser of readings: characters with several readings are asked for, the rest is filled. */
import { say } from "../shell/strings";
import type { Reading } from "./contract";
import { button, element } from "./dom";

export function isOpen(reading: Reading): boolean {
  return reading.readings.length > 1;
}

/** Opens the chooser; calls `done` with the pinyin when it is kept. */
export function choosePinyin(dialog: HTMLDialogElement, heading: string, readings: readonly Reading[], done: (pinyin: string) => void): void {
  const chosen = readings.map((one) => one.readings[0] ?? one.text);
  const line = element("input", { className: "pinyin-line", value: chosen.join(" "), autocomplete: "off", spellcheck: false });
  line.setAttribute("aria-label", say("cataloguing.pinyin"));
  const characters = readings.map((one, at) => {
    if (!isOpen(one)) return element("span", { className: "pinyin-one" }, element("span", {}, chosen[at] as string), element("b", {}, one.text));
    const select = element("select", {}, ...one.readings.map((said) => element("option", { value: said }, said)));
    select.setAttribute("aria-label", one.text);
    select.addEventListener("change", () => {
      chosen[at] = select.value;
      line.value = chosen.join(" ");
    });
    return element("span", { className: "pinyin-one open" }, select, element("b", {}, one.text));
  });
  const keep = (): void => {
    dialog.close();
    done(line.value.trim().replace(/\s+/g, " "));
  };
  const keepButton = button(say("cataloguing.keep"), {}, "Enter", "primary");
  const leave = button(say("cataloguing.leave"), {}, "Esc");
  keepButton.addEventListener("click", keep);
  leave.addEventListener("click", () => dialog.close());
  const hint = readings.some(isOpen) ? say("cataloguing.several_readings") : say("cataloguing.one_reading");
  dialog.replaceChildren(
    element("h2", {}, heading), element("p", { className: "ink-2" }, hint),
    element("div", { className: "pinyin-row" }, ...characters), line, element("p", { className: "actions" }, keepButton, leave),
  );
  dialog.onkeydown = (event) => {
    if (event.key !== "Enter" || event.target instanceof HTMLButtonElement || event.isComposing) return;
    event.preventDefault();
    keep();
  };
  dialog.showModal();
  (dialog.querySelector<HTMLElement>("select") ?? line).focus();
}
