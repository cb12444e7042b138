/** Three sounds without a file: done, look, stop; told apart with the eyes on the books. */
import type { Outcome } from "./contract";

interface Tone {
  hertz: number;
  from: number;
  ms: number;
}

const TONES: Record<Outcome, Tone[]> = {
  good: [{ hertz: 1046, from: 0, ms: 70 }],
  look: [{ hertz: 784, from: 0, ms: 90 }, { hertz: 988, from: 120, ms: 120 }],
  stop: [{ hertz: 233, from: 0, ms: 160 }, { hertz: 185, from: 200, ms: 260 }],
};
const NAME = "wenlan.desk.sound";
const LOUDNESS = 0.18;

let context: AudioContext | undefined;

export function isSoundOn(): boolean {
  return localStorage.getItem(NAME) !== "off";
}

export function switchSound(): boolean {
  localStorage.setItem(NAME, isSoundOn() ? "off" : "on");
  return isSoundOn();
}

export function play(outcome: Outcome): void {
  if (!isSoundOn() || typeof AudioContext === "undefined") return;
  context ??= new AudioContext();
  if (context.state === "suspended") void context.resume();
  for (const tone of TONES[outcome]) sound(context, tone);
}

function sound(audio: AudioContext, tone: Tone): void {
  const start = audio.currentTime + tone.from / 1000;
  const end = start + tone.ms / 1000;
  const oscillator = audio.createOscillator();
  const gain = audio.createGain();
  oscillator.type = "triangle";
  oscillator.frequency.value = tone.hertz;
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(LOUDNESS, start + 0.008);
  gain.gain.setValueAtTime(LOUDNESS, end - 0.02);
  gain.gain.linearRampToValueAtTime(0, end);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(start);
  oscillator.stop(end);
}
