import { Bars } from '../../plot/raster/bars';

/** A visit of a node of the session level. Times are milliseconds since the origin. */
export interface Step {
  node: string;
  startedAt: number;
  endedAt: number | null;
}

/** What the session was at: of the steps under way the one that began last. */
export function sessionBars(steps: readonly Step[], label: (node: string) => number): Bars {
  const changes = steps.flatMap(({ node, startedAt, endedAt }) => [
    { node, at: startedAt, begins: true },
    ...(endedAt === null ? [] : [{ node, at: endedAt, begins: false }]),
  ]);
  const bars = new Bars();
  const on = new Set<string>();
  // At the same moment one ends before the next begins.
  changes.sort((a, b) => a.at - b.at || Number(a.begins) - Number(b.begins));
  for (const { node, at, begins } of changes) {
    on.delete(node);
    if (begins) on.add(node);
    const last = [...on].at(-1);
    if (last === undefined) bars.close(at);
    else bars.open(at, label(last));
  }
  return bars;
}
