import { type ReactFlowState, useReactFlow, useStore } from '@xyflow/react';
import { type PointerEvent, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { shallow } from 'zustand/shallow';
import classes from './canvas.module.css';
import type { FlowEdge, FlowNode } from './flow';
import { isFrame } from './frames';
import type { Box } from './geometry';
import { boxAround, boxOf } from './guess';

/** Fewer nodes than this are seen at once, and an overview would only cover them. */
const worthIt = 12;

/** In pixels of the screen, as in the style. */
const size = { width: 132, height: 88 };
const smallest = 1.5;
const margin = 0.04;

/**
 * The whole level, small, to move about in it. All nodes are one path: an
 * element for each would be asked at every frame of a thousand nodes.
 */
export function Overview({ nodes }: { nodes: FlowNode[] }) {
  const { t } = useTranslation();
  const { setCenter } = useReactFlow<FlowNode, FlowEdge>();
  const [x, y, zoom, width, height] = useStore(viewOf, shallow);
  const boxes = useMemo(() => nodes.filter((each) => !isFrame(each)).map(boxOf), [nodes]);
  const bounds = useMemo(() => around(boxes), [boxes]);
  const scale = Math.max(bounds.width / size.width, bounds.height / size.height);
  const path = useMemo(
    () => boxes.map((box) => outline(box, smallest * scale)).join(''),
    [boxes, scale],
  );
  if (nodes.length < worthIt) return null;
  const seen = { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
  const go = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    void setCenter(
      bounds.x + bounds.width / 2 + (event.clientX - box.x - box.width / 2) * scale,
      bounds.y + bounds.height / 2 + (event.clientY - box.y - box.height / 2) * scale,
      { zoom },
    );
  };
  return (
    <svg
      className={`${classes.minimap} nopan nodrag nowheel`}
      viewBox={`${bounds.x} ${bounds.y} ${bounds.width} ${bounds.height}`}
      role="img"
      aria-label={t('editor.minimap')}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        go(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) go(event);
      }}
    >
      <path d={path} />
      <rect {...seen} />
    </svg>
  );
}

const viewOf = ({ transform: [x, y, zoom], width, height }: ReactFlowState) =>
  [x, y, zoom, width, height] as const;

/** The box that is shown: a little more than what is drawn. */
function around(boxes: Box[]): Box {
  const { x, y, width, height } = boxAround(boxes);
  const more = Math.max(width, height) * margin;
  return { x: x - more, y: y - more, width: width + 2 * more, height: height + 2 * more };
}

/** A box of a path, not smaller than can be seen. */
function outline({ x, y, width, height }: Box, least: number): string {
  const w = Math.max(width, least);
  const h = Math.max(height, least);
  return `M${x} ${y}h${w}v${h}h${-w}z`;
}
