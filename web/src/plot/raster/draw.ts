import type { Layout, Row } from './layout';
import type { RasterModel } from './model';
import { colorAt, colorOfOutcome, type Palette } from './palette';
import { clockText, ticks, toX, type Window } from './window';

export interface Scene {
  model: RasterModel;
  layout: Layout;
  window: Window;
  width: number;
  /** Where what is not over ends. */
  edge: number;
  /** Under the mouse, or chosen by key. */
  cursor: number | null;
  /** Where a replay is. */
  playhead: number | null;
  colors: Palette;
}

const font = '11px ui-sans-serif, system-ui, sans-serif';

export function draw(context: CanvasRenderingContext2D, scene: Scene): void {
  const { layout, width, colors } = scene;
  context.clearRect(0, 0, width, layout.height);
  context.font = font;
  context.textBaseline = 'middle';
  drawAxis(context, scene);
  for (const row of layout.rows) drawRow(context, scene, row);
  drawGaps(context, scene);
  drawCutOff(context, scene);
  drawEdge(context, scene);
  drawVertical(context, scene, scene.playhead, colors.session, 2);
  drawVertical(context, scene, scene.cursor, colors.cursor, 1);
}

function drawAxis(context: CanvasRenderingContext2D, { layout, window, width, colors }: Scene) {
  const { at, stepMs } = ticks(window, width);
  context.strokeStyle = colors.line;
  context.fillStyle = colors.dimmed;
  context.lineWidth = 1;
  context.textAlign = 'center';
  context.beginPath();
  for (const time of at) {
    const x = Math.round(toX(window, time, width)) + 0.5;
    context.moveTo(x, 0);
    context.lineTo(x, layout.axisTop + 4);
    // One that would be cut off is left out.
    if (x > 18) context.fillText(clockText(time, stepMs), x, layout.axisTop + 14);
  }
  context.moveTo(0, layout.axisTop + 0.5);
  context.lineTo(width, layout.axisTop + 0.5);
  context.stroke();
}

function drawRow(context: CanvasRenderingContext2D, scene: Scene, row: Row) {
  const { window, width, edge, colors, model } = scene;
  const { lane } = row;
  const { bars } = lane;
  const wide = lane.kind === 'state' || lane.kind === 'trial' || lane.kind === 'session';
  const top = row.top + (wide ? 2 : 4);
  const height = row.height - (wide ? 4 : 8);
  context.fillStyle = colors.line;
  context.fillRect(0, row.top + row.height - 1, width, 1);
  context.textAlign = 'left';
  // What lies within one pixel is drawn once, however many bars it is.
  let drawnTo = Number.NEGATIVE_INFINITY;
  for (let i = bars.firstAfter(window.from); i < bars.count; i++) {
    const start = bars.start(i);
    if (start > window.to) break;
    const x1 = toX(window, start, width);
    const x2 = toX(window, Math.min(bars.end(i), Math.max(edge, start)), width);
    if (x2 <= drawnTo) continue;
    const left = Math.max(x1, 0, drawnTo);
    const right = Math.max(Math.min(x2, width), left + (x2 - x1 < 1 ? 1.5 : 0.75));
    drawnTo = right;
    const label = bars.label(i);
    context.fillStyle = colorOf(scene, row, label);
    context.globalAlpha = wide ? 1 : 0.45 + 0.55 * Math.min(1, Math.abs(bars.level(i)));
    // A hair between neighbours tells them apart where there is room.
    context.fillRect(left, top, right - left - (wide && right - left > 4 ? 1 : 0), height);
    context.globalAlpha = 1;
    if (!wide) continue;
    const text = model.names[label] ?? '';
    if (right - left > 18 && text) {
      inside(context, colors.ink, text, left, right, row.top + row.height / 2);
    }
  }
}

/** A text, where it fits. */
function inside(
  context: CanvasRenderingContext2D,
  ink: string,
  text: string,
  left: number,
  right: number,
  y: number,
) {
  const width = context.measureText(text).width;
  if (width + 8 > right - left) return;
  context.fillStyle = ink;
  context.fillText(text, left + 4, y + 0.5);
}

function colorOf({ colors, model }: Scene, { lane }: Row, label: number): string {
  switch (lane.kind) {
    case 'state':
      return colorAt(colors, label);
    case 'trial':
      return colorOfOutcome(colors, model.names[label] ?? '', label);
    case 'session':
      return colors.session;
    case 'input':
      return colors.input;
    case 'output':
      return colors.output;
    case 'event':
      return colors.event;
  }
}

function drawGaps(context: CanvasRenderingContext2D, scene: Scene) {
  const { model, window, width, layout, colors, edge } = scene;
  for (const gap of model.gaps) {
    const to = Math.min(gap.to, edge);
    if (to < window.from || gap.from > window.to) continue;
    const x1 = Math.max(0, toX(window, gap.from, width));
    const x2 = Math.min(width, toX(window, to, width));
    context.fillStyle = gap.kind === 'paused' ? colors.gap : colors.lost;
    context.fillRect(x1, 0, Math.max(x2 - x1, 2), layout.axisTop);
  }
}

/** Nothing is drawn where nothing is loaded; that must not look as if nothing happened. */
function drawCutOff(
  context: CanvasRenderingContext2D,
  { model, window, width, layout, colors }: Scene,
) {
  if (model.older === null || window.from >= model.from) return;
  const right = Math.min(width, Math.max(0, toX(window, model.from, width)));
  context.save();
  context.beginPath();
  context.rect(0, 0, right, layout.axisTop);
  context.clip();
  context.strokeStyle = colors.line;
  context.beginPath();
  for (let x = -layout.axisTop; x < right; x += 8) {
    context.moveTo(x, layout.axisTop);
    context.lineTo(x + layout.axisTop, 0);
  }
  context.stroke();
  context.restore();
}

function drawEdge(context: CanvasRenderingContext2D, scene: Scene) {
  const { window, edge, layout, width, colors } = scene;
  if (edge >= window.to || edge < window.from) return;
  const x = Math.round(toX(window, edge, width)) + 0.5;
  context.strokeStyle = colors.dimmed;
  context.setLineDash([3, 3]);
  context.beginPath();
  context.moveTo(x, 0);
  context.lineTo(x, layout.axisTop);
  context.stroke();
  context.setLineDash([]);
}

function drawVertical(
  context: CanvasRenderingContext2D,
  { window, layout, width }: Scene,
  at: number | null,
  color: string,
  thick: number,
) {
  if (at === null || at < window.from || at > window.to) return;
  context.fillStyle = color;
  context.fillRect(toX(window, at, width) - thick / 2, 0, thick, layout.axisTop);
}
