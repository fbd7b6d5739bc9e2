import { type Node, Position } from '@xyflow/react';
import { summaryOf, titleOf } from '../model/summary';
import type { CardNode, FlowNode } from './flow';
import type { Box } from './geometry';

/** Above this, only what is in view is drawn. */
export const many = 150;

// The look of card-node.module.css, in pixels.
const narrowest = 150;
const widest = 230;
const sides = 30;
const icon = 22;
const titleLetter = 7.4;
const lineLetter = 6;
const frame = 19;
const titleHeight = 17.5;
const lineHeight = 16;
const exitsMargin = 4;
const port = 10;

/**
 * What a card will measure when it is drawn, about: so that a card out of view
 * need not be drawn to know where it ends and where its wires begin.
 */
export function guess({ data }: CardNode): Required<Pick<Node, 'measured' | 'handles'>> {
  const { node, kind, ports } = data;
  const lines = summaryOf(kind, node);
  const exits = ports.filter((each) => each.direction === 'OUT');
  const entries = ports.filter((each) => each.direction === 'IN');
  const named = exits.length > 1 || (exits[0] !== undefined && exits[0].name !== 'out');
  const text = Math.max(
    icon + titleOf(kind, node).length * titleLetter,
    ...lines.map((line) => line.length * lineLetter),
  );
  const width = Math.min(Math.max(text + sides, narrowest), widest);
  const above = frame / 2 + titleHeight + (lines.length + (kind.container ? 1 : 0)) * lineHeight;
  const height = above + frame / 2 + (named ? exitsMargin + exits.length * lineHeight : 0);
  const place = (x: number, y: number) => ({
    x: x - port / 2,
    y: y - port / 2,
    width: port,
    height: port,
  });
  return {
    measured: { width, height },
    handles: [
      ...entries.map(({ name }) => ({
        id: name,
        type: 'target' as const,
        position: Position.Left,
        ...place(0, height / 2),
      })),
      ...exits.map(({ name }, index) => ({
        id: name,
        type: 'source' as const,
        position: Position.Right,
        ...place(width, named ? above + exitsMargin + (index + 0.5) * lineHeight : height / 2),
      })),
    ],
  };
}

/** Where a node is and what it takes, as it was measured or else guessed. */
export function boxOf(node: FlowNode): Box {
  const { width = 0, height = 0 } =
    node.measured ?? (node.type === 'card' ? guess(node).measured : {});
  return { ...node.position, width, height };
}

/** The smallest box around boxes. */
export function boxAround(boxes: readonly Box[]): Box {
  let [left, top, right, bottom] = [
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ];
  for (const { x, y, width, height } of boxes) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}
