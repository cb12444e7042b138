/** Filter sentences are sent when they change; a form is not sent twice. */

export function startForms(): void {
  document.addEventListener("change", (event) => {
    const form = (event.target as Element).closest<HTMLFormElement>("form[data-submit-on-change]");
    form?.requestSubmit();
  });
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (form.method !== "post" || event.defaultPrevented || form.hasAttribute("hx-post") || form.dataset["keep"] !== undefined) return;
    if (form.dataset["sent"]) {
      event.preventDefault();
      return;
    }
    form.dataset["sent"] = "1";
    for (const button of form.querySelectorAll("button:not([type=button])")) button.classList.add("busy");
  });
  // A page taken from the browser's memory may be sent again.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll<HTMLFormElement>("form[data-sent]")) {
      delete form.dataset["sent"];
      for (const button of form.querySelectorAll(".busy")) button.classList.remove("busy");
    }
  });
}
