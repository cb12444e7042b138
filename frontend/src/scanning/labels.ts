/** The labels' form: only the sheets that fit the kind, only the fields that the way of choosing needs. */

export function startLabels(form: HTMLFormElement): void {
  const kind = form.elements.namedItem("kind") as HTMLSelectElement;
  const sheet = form.elements.namedItem("sheet") as HTMLSelectElement;
  const way = form.elements.namedItem("way") as HTMLSelectElement;
  const kinds = new Map([...form.querySelectorAll<HTMLElement>("[data-sheet]")].map((one) =>
    [one.dataset["sheet"] ?? "", (one.dataset["kinds"] ?? "").split(" ")]));

  const show = (): void => {
    for (const option of sheet.options) {
      const fits = kinds.get(option.value)?.includes(kind.value) ?? true;
      option.hidden = !fits;
      option.disabled = !fits;
    }
    if (sheet.selectedOptions[0]?.disabled) {
      sheet.value = [...sheet.options].find((option) => !option.disabled)?.value ?? sheet.value;
    }
    const isCard = kind.value === "card";
    (way.closest(".field") as HTMLElement).hidden = isCard;
    for (const part of form.querySelectorAll<HTMLElement>("[data-way]")) {
      part.hidden = part.dataset["way"] !== (isCard ? "scan" : way.value);
    }
  };
  form.addEventListener("change", show);
  show();
}
