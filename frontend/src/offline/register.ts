/** Lets a page be opened without a line: registers the worker of its scope. Needs https, or this very machine. */

/** Returns false where no page can be opened without a line; what it has written down is safe all the same. */
export async function registerWorker(address: string, scope: string): Promise<boolean> {
  if (!("serviceWorker" in navigator) || !window.isSecureContext) return false;
  try {
    const active = await settled(await navigator.serviceWorker.register(address, { scope }));
    return active !== null && (await kept(active));
  } catch {
    return false;
  }
}

/** The worker that serves once a new one has taken over, or could not: then the one of before, if there is one. */
function settled(registration: ServiceWorkerRegistration): Promise<ServiceWorker | null> {
  const coming = registration.installing ?? registration.waiting;
  if (!coming) return Promise.resolve(registration.active);
  return new Promise((resolve) => {
    const look = (): void => {
      if (coming.state === "activated") resolve(coming);
      if (coming.state === "redundant") resolve(registration.active);
    };
    coming.addEventListener("statechange", look);
    look();
  });
}

/** The first time, the page came before its worker: the worker is asked to keep it now, and says when it has. */
function kept(worker: ServiceWorker): Promise<boolean> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (event) => resolve(event.data === true);
    worker.postMessage({ keep: location.href.split("#")[0] }, [port2]);
  });
}

/** Hands a text to the person as a file. */
export function saveAs(name: string, text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
