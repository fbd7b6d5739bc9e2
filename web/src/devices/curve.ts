export interface CurvePoint {
  microlitres: number;
  openMs: number;
}

/** What is wrong with the points of a calibration, as a key of the catalogue; null when nothing is. */
export type CurveProblem =
  | { key: 'needTwo' | 'mustBePositive' }
  | { key: 'mustGrow'; microlitres: number };

/** Measured points in order, or what is wrong with them. Rows that are not filled in do not count. */
export function curveOf(
  rows: readonly { microlitres: string | number; openMs: string | number }[],
): {
  points: CurvePoint[];
  problem: CurveProblem | null;
} {
  const points = rows
    .filter((row) => row.microlitres !== '' && row.openMs !== '')
    .map((row) => ({ microlitres: Number(row.microlitres), openMs: Number(row.openMs) }))
    .sort((a, b) => a.microlitres - b.microlitres);
  return { points, problem: problemOf(points) };
}

function problemOf(points: readonly CurvePoint[]): CurveProblem | null {
  if (points.some((p) => !(p.microlitres > 0) || !(p.openMs > 0))) return { key: 'mustBePositive' };
  if (points.length < 2) return { key: 'needTwo' };
  const wrong = points.find((p, i) => {
    const last = points[i - 1];
    return last && (p.microlitres <= last.microlitres || p.openMs <= last.openMs);
  });
  return wrong ? { key: 'mustGrow', microlitres: wrong.microlitres } : null;
}
