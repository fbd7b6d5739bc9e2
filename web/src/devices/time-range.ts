const units: Record<string, number> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
};

/** The end of a range as in Grafana: `now`, `now-6h`, or a moment. Undefined when it is neither. */
export function momentOf(text: string, now: number): number | undefined {
  const relative = /^now(?:-(\d{1,6})([smhdw]))?$/.exec(text);
  if (relative) {
    const [, count, unit] = relative;
    return count && unit ? now - Number(count) * (units[unit] ?? 0) : now;
  }
  if (/^\d{10,16}$/.test(text)) return Number(text);
  // Date.parse alone takes "12" for a month.
  const at = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

export interface Range {
  fromMs: number;
  toMs: number;
  /** It goes on as time does. */
  moves: boolean;
}

export const usualFrom = 'now-1h';
export const usualTo = 'now';

/** The range of two texts of an address; the last hour instead of nonsense. */
export function rangeOf(from: string, to: string, now: number): Range {
  const fromMs = momentOf(from, now);
  const toMs = momentOf(to, now);
  if (fromMs === undefined || toMs === undefined || fromMs >= toMs) {
    return { fromMs: now - 3_600_000, toMs: now, moves: true };
  }
  return { fromMs, toMs, moves: to.startsWith('now') };
}

/** Twice as long, around the same middle, but not into the future. */
export function zoomedOut({ fromMs, toMs }: Range, now: number): { from: string; to: string } {
  const half = (toMs - fromMs) / 2;
  const end = toMs + half;
  return {
    from: new Date(fromMs - half).toISOString(),
    to: end >= now ? 'now' : new Date(end).toISOString(),
  };
}
