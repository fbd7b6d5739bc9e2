import type { DryRunPanelResultQuery } from '../api/gql/graphql';
import { RasterModel } from '../plot/raster/model';

export type Session = NonNullable<NonNullable<DryRunPanelResultQuery['dryRun']>['session']>;

const msOf = (ns: number): number => ns / 1e6;
const laneKind = { STATE: 'state', INPUT: 'input', OUTPUT: 'output' } as const;

/** A task's state for a while, and where it is drawn. */
export interface Visit {
  fromMs: number;
  toMs: number;
  task: string;
  state: string;
  drawnAs: string;
}

export interface Timeline {
  model: RasterModel;
  /** In the order of their beginnings. */
  visits: Visit[];
  /** Times at which anything changes, each once, in order: what one steps through. */
  steps: number[];
}

/** The result of a dry-run as a raster, and as what is at work at which time. */
export function timelineOf({ timeline, trials }: Session): Timeline {
  const model = new RasterModel();
  const visits: Visit[] = [];
  const times = new Set<number>();
  for (const lane of timeline.lanes) {
    const { bars } = model.lane(
      `${lane.kind}/${lane.role}/${lane.node}/${lane.name}`,
      laneKind[lane.kind],
      lane.name,
    );
    for (const [i, startNs] of lane.startNs.entries()) {
      const from = msOf(startNs);
      const to = msOf(lane.endNs[i] ?? startNs);
      const state = lane.state[i] ?? '';
      bars.add(from, to, model.name(state), lane.level[i] ?? 1);
      times.add(from).add(to);
      model.touch(from);
      model.touch(to);
      if (lane.kind !== 'STATE') continue;
      const drawnAs = lane.drawnAs[i] ?? '';
      visits.push({ fromMs: from, toMs: to, task: lane.node, state, drawnAs });
    }
  }
  for (const { node, startNs, durationNs, outcome } of trials.nodes) {
    const from = msOf(startNs);
    const task = timeline.lanes.find((lane) => lane.kind === 'STATE' && lane.node === node);
    model
      .lane(`trial/${node}`, 'trial', task?.name ?? node)
      .bars.add(from, from + msOf(durationNs), model.name(outcome));
  }
  visits.sort((a, b) => a.fromMs - b.fromMs);
  return { model, visits, steps: [...times].sort((a, b) => a - b) };
}

/** The nodes that are at work at a time: tasks and the states they are in. */
export function activeAt(visits: readonly Visit[], atMs: number): Set<string> {
  const out = new Set<string>();
  for (const { fromMs, toMs, task, drawnAs } of visits) {
    if (fromMs > atMs) break;
    if (toMs <= atMs && !(fromMs === toMs && toMs === atMs)) continue;
    out.add(task);
    if (drawnAs) out.add(drawnAs);
  }
  return out;
}

/** The next time at which anything changes, or the one before; null at an end. */
export function stepFrom(steps: readonly number[], atMs: number, direction: 1 | -1): number | null {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle] ?? 0) <= atMs) low = middle + 1;
    else high = middle;
  }
  // low is the first after the time.
  if (direction > 0) return steps[low] ?? null;
  const here = steps[low - 1] === atMs ? low - 2 : low - 1;
  return steps[here] ?? null;
}
