/**
 * What a phone can do beside the plain forms of the keeper's page: give its position, read a barcode with its camera,
 * send a smaller photograph. Every page works without any of it.
 */
import "./keeper.css";

import { offerCameras } from "./keeper-camera";

const POSITION_MS = 10_000;
const LONGEST_SIDE = 1600;
const QUALITY = 0.7;

function all<Kind extends HTMLElement>(selector: string): Kind[] {
  return [...document.querySelectorAll<Kind>(selector)];
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

/** Lets the page that works without a line be there when the line goes. */
function keepOffLinePage(): void {
  const { worker, offLinePage } = document.getElementById("main")?.dataset ?? {};
  if (!worker || !offLinePage || !("serviceWorker" in navigator) || !window.isSecureContext) return;
  navigator.serviceWorker
    .register(worker, { scope: new URL(".", new URL(worker, location.href)).pathname })
    .then(() => navigator.serviceWorker.ready)
    .then(({ active }) => active?.postMessage({ keep: new URL(offLinePage, location.href).href }, [new MessageChannel().port2]))
    .catch(() => undefined);
}

document.documentElement.classList.add("scripted");
for (const form of all<HTMLFormElement>("form[data-position]")) givePosition(form);
for (const form of all<HTMLFormElement>("form[method=post]")) sendOnce(form);
for (const field of all<HTMLInputElement>("input[data-shrink]")) field.addEventListener("change", () => void shrink(field));
offerCameras();
keepOffLinePage();
// A page that comes back from the browser's memory may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of all<HTMLFormElement>("form[data-sent]")) delete form.dataset["sent"];
});
