/** A button beside a scan field that reads what the phone's camera sees into it, and sends the form. */
import { Camera, hasCamera } from "../stocktaking/camera";

/** `data-camera` is the word on the button, `data-camera-close` that on the one that ends looking. */
export function offerCamera(form: HTMLFormElement, field: HTMLInputElement): void {
  if (!hasCamera()) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button camera-button";
  button.textContent = field.dataset["camera"] ?? "";
  button.addEventListener("click", () => void look(form, field));
  field.after(button);
}

async function look(form: HTMLFormElement, field: HTMLInputElement): Promise<void> {
  const view = document.createElement("div");
  view.className = "camera-view";
  const video = document.createElement("video");
  video.setAttribute("playsinline", "");
  const close = document.createElement("button");
  close.type = "button";
  close.className = "button";
  close.textContent = field.dataset["cameraClose"] ?? "×";
  view.append(video, close);
  document.body.append(view);
  const end = (): void => {
    camera.stop();
    view.remove();
    field.focus();
  };
  const camera = new Camera(video, (code) => {
    end();
    field.value = code;
    form.submit();
  });
  close.addEventListener("click", end);
  await camera.start().catch(end);
}
