import {
  BaseEdge,
  EdgeLabelRenderer,
  type EdgeProps,
  getBezierPath,
  type InternalNode,
  useInternalNode,
  useStoreApi,
} from '@xyflow/react';
import { memo } from 'react';
import type { FlowEdge } from './flow';
import { arc, type Box, type Curve, fromPort, loop, widest } from './geometry';
import { useMarks } from './marks';
import classes from './wire-edge.module.css';

/** A wire between steps, or a transition between states with what it answers. */
export const Wire = memo(function Wire(props: EdgeProps<FlowEdge>) {
  const { id, data, selected, markerEnd } = props;
  const canvas = useStoreApi();
  const severity = useMarks((marks) => marks.edgeSeverity.get(id));
  const diff = useMarks((marks) => marks.diff.get(id));
  const source = useInternalNode(props.source);
  const target = useInternalNode(props.target);
  const curve = draw(props, source, target);
  const look = {
    'data-selected': selected || undefined,
    'data-severity': severity,
    'data-diff': diff,
    'data-level': data?.transition ? 'device' : 'session',
  };
  return (
    <>
      <g className={classes.wire} {...look}>
        <BaseEdge
          id={id}
          path={curve.path}
          interactionWidth={18}
          {...(markerEnd && { markerEnd })}
        />
      </g>
      {data?.text && (
        <EdgeLabelRenderer>
          {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the wire below it has the keyboard */}
          <div
            className={`${classes.label} nopan`}
            onClick={() => canvas.getState().addSelectedEdges([id])}
            {...look}
            style={{
              maxWidth: curve.room,
              transform: `translate(-50%, -50%) translate(${curve.label.x}px, ${curve.label.y}px)`,
            }}
          >
            {data.text}
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  );
});

function draw(
  props: EdgeProps<FlowEdge>,
  source: InternalNode | undefined,
  target: InternalNode | undefined,
): Curve {
  const { data, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition } = props;
  if (data?.transition && source && target) {
    const from = box(source);
    const to = box(target);
    if (data.floating) return source === target ? loop(from, data.lane) : arc(from, to, data.lane);
    return fromPort({ x: sourceX, y: sourceY }, to);
  }
  const [path, x, y] = getBezierPath({
    sourceX,
    sourceY,
    sourcePosition,
    targetX,
    targetY,
    targetPosition,
  });
  return { path, label: { x, y }, room: widest };
}

function box(node: InternalNode): Box {
  const { x, y } = node.internals.positionAbsolute;
  return { x, y, width: node.measured.width ?? 0, height: node.measured.height ?? 0 };
}
