/** Reading barcodes with the phone's camera: by the browser's own detector, else by ours. */
import { LineDetector } from "./lines";

interface Found {
  rawValue: string;
}

interface Detector {
  detect(source: HTMLVideoElement): Promise<Found[]>;
}

type DetectorClass = new (options: { formats: string[] }) => Detector;

const FORMATS = ["code_128", "code_39", "codabar", "ean_13", "qr_code"];
const EVERY_MS = 150;
/** The same code in view is one scan until it has been out of view for so long. */
const SAME_MS = 2500;

function detectorClass(): DetectorClass | undefined {
  return (window as unknown as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
}

export function hasCamera(): boolean {
  return navigator.mediaDevices?.getUserMedia !== undefined;
}

export class Camera {
  private stream: MediaStream | undefined;
  private readonly seen = new Map<string, number>();

  constructor(private readonly video: HTMLVideoElement, private readonly onCode: (code: string) => void) {}

  get isOn(): boolean {
    return this.stream !== undefined;
  }

  /** Throws when the person or the phone says no. */
  async start(): Promise<void> {
    const Own = detectorClass();
    const reader = Own ? new Own({ formats: FORMATS }) : new LineDetector();
    this.stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
    this.video.srcObject = this.stream;
    await this.video.play();
    void this.look(reader);
  }

  stop(): void {
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = undefined;
    this.video.srcObject = null;
  }

  private async look(reader: Detector): Promise<void> {
    while (this.stream) {
      try {
        for (const { rawValue } of await reader.detect(this.video)) this.take(rawValue);
      } catch {
        // A frame that cannot be read is followed by another.
      }
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
  }

  private take(code: string): void {
    const now = Date.now();
    const last = this.seen.get(code) ?? 0;
    this.seen.set(code, now);
    if (now - last > SAME_MS) this.onCode(code);
  }
}
