/** Reads a barcode with the phone's camera into a field of the keeper's pages. */
import { Camera, hasCamera } from "./stocktaking/camera";

/** A word that the page brought in its own language. */
function word(name: string): string {
  return document.getElementById("main")?.dataset[`word${name[0]?.toUpperCase()}${name.slice(1)}`] ?? "";
}

/** Puts a button beside each field that the camera may fill, where the phone can. */
export function offerCameras(): void {
  if (!hasCamera()) return;
  for (const field of document.querySelectorAll<HTMLInputElement>("input[data-camera]")) offerCamera(field);
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
