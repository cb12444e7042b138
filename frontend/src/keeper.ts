/**
 * What a phone can do beside the plain forms of the keeper's page: give its position, read a barcode with its camera,
 * send a smaller photograph. Every page works without any of it.
 */
import "./keeper.css";

import { Camera, hasCamera } from "./stocktaking/camera";

const POSITION_MS = 10_000;
const LONGEST_SIDE = 1600;
const QUALITY = 0.7;

function all<Kind extends HTMLElement>(selector: string): Kind[] {
  return [...document.querySelectorAll<Kind>(selector)];
}

/** A word that the page brought in its own language. */
function word(name: string): string {
  return document.getElementById("main")?.dataset[`word${name[0]?.toUpperCase()}${name.slice(1)}`] ?? "";
}

/** A form is sent once, however often a slow line makes somebody press. */
function sendOnce(form: HTMLFormElement): void {
  form.addEventListener("submit", (sent) => {
    if (form.dataset["sent"]) return sent.preventDefault();
    form.dataset["sent"] = "1";
    for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
  });
}

/** Opening the room: the position first, or the reason why there is none. */
function givePosition(form: HTMLFormElement): void {
  const say = form.querySelector("[data-say]") as HTMLElement;
  const reason = form.querySelector("select") as HTMLSelectElement;
  const put = (name: string, value: number): void => {
    (form.elements.namedItem(name) as HTMLInputElement).value = String(value);
  };
  form.addEventListener("submit", (sent) => {
    if (form.dataset["placed"]) return;
    sent.preventDefault();
    sent.stopImmediatePropagation();
    form.dataset["placed"] = "1";
    say.hidden = false;
    const send = (): void => form.requestSubmit();
    if (!navigator.geolocation) return send();
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        put("latitude", coords.latitude);
        put("longitude", coords.longitude);
        put("accuracy", coords.accuracy);
        send();
      },
      (fault) => {
        reason.value = fault.code === fault.PERMISSION_DENIED ? "not_allowed" : "no_signal";
        send();
      },
      { enableHighAccuracy: true, timeout: POSITION_MS, maximumAge: 60_000 },
    );
  });
}

/** A button beside a field that reads what the camera sees into it; the form of one field is sent at once. */
function offerCamera(field: HTMLInputElement): void {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "k-button";
  button.textContent = word("scan");
  button.addEventListener("click", () => void look(field));
  field.after(button);
}

async function look(field: HTMLInputElement): Promise<void> {
  const box = document.createElement("div");
  box.className = "k-camera";
  const video = document.createElement("video");
  video.setAttribute("playsinline", "");
  const close = document.createElement("button");
  close.type = "button";
  close.className = "k-button main";
  close.textContent = "×";
  close.setAttribute("aria-label", word("close"));
  box.append(video, close);
  document.body.append(box);
  const camera = new Camera(video, (code) => {
    end();
    field.value = code;
    if (field.form?.hasAttribute("data-camera-form")) field.form.requestSubmit();
  });
  const end = (): void => {
    camera.stop();
    box.remove();
    field.focus();
  };
  close.addEventListener("click", end);
  await camera.start().catch(end);
}

/** A photograph of ten megabytes over a village line is sent as some hundred kilobytes. */
async function shrink(field: HTMLInputElement): Promise<void> {
  const photo = field.files?.[0];
  if (!photo || !window.createImageBitmap || !window.DataTransfer) return;
  try {
    const picture = await createImageBitmap(photo);
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const smaller = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    if (!smaller || smaller.size >= photo.size) return;
    const carried = new DataTransfer();
    carried.items.add(new File([smaller], "page.jpg", { type: "image/jpeg" }));
    field.files = carried.files;
  } catch {
    // The photograph goes as it is.
  }
}

document.documentElement.classList.add("scripted");
for (const form of all<HTMLFormElement>("form[data-position]")) givePosition(form);
for (const form of all<HTMLFormElement>("form[method=post]")) sendOnce(form);
for (const field of all<HTMLInputElement>("input[data-shrink]")) field.addEventListener("change", () => void shrink(field));
if (hasCamera()) for (const field of all<HTMLInputElement>("input[data-camera]")) offerCamera(field);
// A page that comes back from the browser's memory may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of all<HTMLFormElement>("form[data-sent]")) delete form.dataset["sent"];
});
