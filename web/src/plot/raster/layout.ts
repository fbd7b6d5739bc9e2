import type { Lane, LaneKind } from './model';

/** Heights in CSS pixels. */
const heights: Record<LaneKind, number> = {
  session: 18,
  state: 22,
  trial: 22,
  input: 17,
  output: 17,
  event: 17,
};

/** Above the first lane of another kind. */
const groupGap = 6;
export const axisHeight = 24;

export interface Row {
  lane: Lane;
  top: number;
  height: number;
}

export interface Layout {
  rows: Row[];
  /** Of all lanes and the axis under them. */
  height: number;
  axisTop: number;
}

/** Where each lane stands, from the top. */
export function layout(lanes: readonly Lane[]): Layout {
  let top = 4;
  let before: LaneKind | undefined;
  const rows = lanes.map((lane) => {
    if (before !== undefined && before !== lane.kind) top += groupGap;
    before = lane.kind;
    const row = { lane, top, height: heights[lane.kind] };
    top += row.height;
    return row;
  });
  const axisTop = Math.max(top + 4, 60);
  return { rows, axisTop, height: axisTop + axisHeight };
}
