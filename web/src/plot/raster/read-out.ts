import type { Gap, LaneKind, RasterModel } from './model';

export interface Reading {
  lane: string;
  kind: LaneKind;
  label: string;
  text: string;
}

export interface ReadOut {
  readings: Reading[];
  gap: Gap | undefined;
}

/** What is on at a time, lane by lane; what is off is left out. */
export function readOut(model: RasterModel, at: number, toleranceMs = 0): ReadOut {
  const readings: Reading[] = [];
  for (const { id, kind, label, bars } of model.lanes) {
    let i = bars.at(at);
    if (i < 0) {
      // A bar as thin as the pointer is found, too.
      const next = bars.firstAfter(at - toleranceMs);
      if (next < bars.count && bars.start(next) <= at + toleranceMs) i = next;
    }
    if (i < 0) continue;
    const name = model.names[bars.label(i)] ?? '';
    const level = bars.level(i);
    const text =
      kind === 'output' && level !== 1 ? String(Math.round(level * 1_000) / 1_000) : name;
    readings.push({ lane: id, kind, label, text });
  }
  return { readings, gap: model.gaps.find(({ from, to }) => from <= at && at <= to) };
}
