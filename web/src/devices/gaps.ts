export interface TelemetryPoint {
  at: string;
  mean: number;
  min: number;
  max: number;
}

type Values = (number | null)[];

/** Times in seconds, means, least and greatest values. */
export type Columns = [number[], Values, Values, Values];

/**
 * Points as columns to be drawn, with nothing where nothing was sent for much
 * longer than is usual: a line across such a gap would be made up.
 */
export function columnsOf(points: readonly TelemetryPoint[], bucketMs: number): Columns {
  const columns: Columns = [[], [], [], []];
  const times = points.map(({ at }) => Date.parse(at));
  const longestMs = 2.5 * Math.max(bucketMs, usualStep(times));
  for (const [i, { mean, min, max }] of points.entries()) {
    const at = times[i] ?? 0;
    const last = times[i - 1];
    if (last !== undefined && at - last > longestMs)
      push(columns, (last + at) / 2, null, null, null);
    push(columns, at, mean, min, max);
  }
  return columns;
}

function push([times, ...values]: Columns, at: number, ...row: (number | null)[]): void {
  times.push(at / 1_000);
  for (const [i, value] of row.entries()) values[i]?.push(value);
}

/** The median time between two points that follow each other. */
function usualStep(times: readonly number[]): number {
  const steps = times.slice(1).map((at, i) => at - (times[i] ?? at));
  steps.sort((a, b) => a - b);
  return steps[Math.floor(steps.length / 2)] ?? 0;
}
