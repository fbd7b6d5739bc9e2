/** The part of the time that is shown, in milliseconds. */
export interface Window {
  from: number;
  to: number;
}

const minLength = 1;
const maxLength = 90 * 86_400_000;

/** Shows less (factor < 1) or more, while a time stays where it is. */
export function zoom(window: Window, factor: number, around: number): Window {
  const length = window.to - window.from;
  const next = Math.min(maxLength, Math.max(minLength, length * factor));
  const share = length > 0 ? (around - window.from) / length : 0.5;
  const from = around - share * next;
  return { from, to: from + next };
}

export function pan(window: Window, by: number): Window {
  return { from: window.from + by, to: window.to + by };
}

/** The same length, ending at a time. */
export function endAt(window: Window, to: number): Window {
  return { from: to - (window.to - window.from), to };
}

/** Moves as little as is needed to have a time inside. */
export function show(window: Window, at: number): Window {
  if (at < window.from) return pan(window, at - window.from);
  if (at > window.to) return pan(window, at - window.to);
  return window;
}

export const toX = (window: Window, at: number, width: number): number =>
  ((at - window.from) / (window.to - window.from)) * width;

export const toTime = (window: Window, x: number, width: number): number =>
  window.from + (x / width) * (window.to - window.from);

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const steps = [
  ...[0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((n) => n * second),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * minute),
  ...[1, 2, 3, 6, 12].map((n) => n * hour),
  ...[1, 2, 7, 14, 30].map((n) => n * day),
];

export interface Ticks {
  stepMs: number;
  at: number[];
}

/** Round times in a window, so far apart that their texts fit. */
export function ticks(window: Window, width: number, minGap = 84): Ticks {
  const length = window.to - window.from;
  const wanted = (length * minGap) / Math.max(width, 1);
  const stepMs = steps.find((step) => step >= wanted) ?? 30 * day;
  const at: number[] = [];
  for (let n = Math.ceil(window.from / stepMs); n * stepMs <= window.to; n++) at.push(n * stepMs);
  return { stepMs, at };
}

/** A time since the beginning: `1:05:03`, `0:12`, `0:12.250`; as fine as a step needs. */
export function clockText(ms: number, stepMs: number): string {
  const digits = stepMs >= second ? 0 : Math.min(4, Math.ceil(-Math.log10(stepMs / second) - 1e-9));
  const unit = 10 ** digits;
  const units = Math.round((Math.abs(ms) / second) * unit);
  const total = Math.floor(units / unit);
  const h = Math.floor(total / 3_600);
  const m = Math.floor((total % 3_600) / 60);
  const s = String(total % 60).padStart(2, '0');
  const fraction = digits > 0 ? `.${String(units % unit).padStart(digits, '0')}` : '';
  const sign = ms < 0 && units > 0 ? '−' : '';
  return h > 0
    ? `${sign}${h}:${String(m).padStart(2, '0')}:${s}${fraction}`
    : `${sign}${m}:${s}${fraction}`;
}
