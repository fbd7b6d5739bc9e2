/** A box on the canvas. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}
export interface Point {
  x: number;
  y: number;
}

const centre = (box: Box): Point => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });

/** Where the line from the middle of a box to a point leaves the box. */
export function border(box: Box, to: Point): Point {
  const from = centre(box);
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  if (dx === 0 && dy === 0) return from;
  const scale = Math.min(
    dx === 0 ? Number.POSITIVE_INFINITY : box.width / 2 / Math.abs(dx),
    dy === 0 ? Number.POSITIVE_INFINITY : box.height / 2 / Math.abs(dy),
  );
  return { x: from.x + dx * scale, y: from.y + dy * scale };
}

export interface Curve {
  path: string;
  label: Point;
  /** How wide its label can be without lying on what it joins. */
  room: number;
}

/**
 * A transition between two states: a shallow arc, so that the ways there and
 * back do not lie on each other; further ones between the same two bend more.
 */
export function arc(source: Box, target: Box, lane: number): Curve {
  const from = centre(source);
  const to = centre(target);
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const bend = Math.min(28 + 0.06 * length, 60) + lane * 34;
  const control = {
    x: (from.x + to.x) / 2 - ((to.y - from.y) / length) * bend * -1,
    y: (from.y + to.y) / 2 + ((to.x - from.x) / length) * bend * -1,
  };
  const start = border(source, control);
  const end = border(target, control);
  return {
    path: `M ${start.x},${start.y} Q ${control.x},${control.y} ${end.x},${end.y}`,
    label: quadratic(start, control, end, places[lane % places.length] ?? 0.5),
    room: roomBetween(start, end),
  };
}

/** Where the labels of wires between the same two nodes stand, as a part of the way. */
const places = [0.5, 0.32, 0.68];
const narrowest = 72;
export const widest = 180;

/** Beside a steep wire there is room; between two boxes side by side only the gap. */
function roomBetween(start: Point, end: Point): number {
  const steep = Math.abs(end.y - start.y) > Math.abs(end.x - start.x) / 2;
  const gap = Math.abs(end.x - start.x) - 16;
  return steep ? widest : Math.min(Math.max(gap, narrowest), widest);
}

function quadratic(start: Point, control: Point, end: Point, t: number): Point {
  const at = (a: number, b: number, c: number) =>
    (1 - t) * (1 - t) * a + 2 * t * (1 - t) * b + t * t * c;
  return { x: at(start.x, control.x, end.x), y: at(start.y, control.y, end.y) };
}

/** A transition of a state to itself: a loop above it. */
export function loop(box: Box, lane: number): Curve {
  const height = 44 + lane * 26;
  const middle = box.x + box.width / 2;
  const reach = Math.min(box.width / 4, 28) + lane * 8;
  return {
    path: `M ${middle + reach},${box.y} C ${middle + reach * 2},${box.y - height} ${middle - reach * 2},${box.y - height} ${middle - reach},${box.y}`,
    label: { x: middle, y: box.y - height * 0.75 },
    room: widest,
  };
}

/** From a port to a box: it leaves to the right, and ends at the border that is nearest. */
export function fromPort(start: Point, target: Box): Curve {
  const middle = centre(target);
  const out = { x: start.x + 48, y: start.y };
  const end = border(target, out);
  const control = { x: end.x - (middle.x - end.x) * 0.4, y: end.y - (middle.y - end.y) * 0.4 };
  return {
    path: `M ${start.x},${start.y} C ${out.x},${out.y} ${control.x},${control.y} ${end.x},${end.y}`,
    label: {
      x: start.x / 8 + (3 * out.x) / 8 + (3 * control.x) / 8 + end.x / 8,
      y: start.y / 8 + (3 * out.y) / 8 + (3 * control.y) / 8 + end.y / 8,
    },
    room: roomBetween(start, end),
  };
}
