import { useId } from 'react';
import type { FragmentType } from '../api/gql';
import { graphql, readFragment } from '../api/gql';
import { type Box, border } from '../editor/canvas/geometry';
import { labelLines } from './label-lines';
import classes from './protocol-picture.module.css';

const ProtocolPictureFragment = graphql(`
  fragment PictureParts on ProtocolPicture {
    nodes { id type label level parent x y }
    edges { source target }
  }
`);

const size = { width: 260, height: 130 };
const margin = 30;

interface Props {
  picture: FragmentType<typeof ProtocolPictureFragment>;
  label: string;
}

/** A small drawing of a protocol: of its first task's states, or of its session without a task. */
export function ProtocolPicture({ picture, label }: Props) {
  const arrow = useId();
  const { nodes, edges } = readFragment(ProtocolPictureFragment, picture);
  const task = nodes.find((node) => node.level === 'TASK')?.parent ?? '';
  const shown = nodes.filter((node) => node.parent === task && node.type !== 'note');
  const boxes = new Map<string, Box>(shown.map(({ id, x, y }) => [id, { x, y, ...size }]));
  const x = Math.min(...shown.map((node) => node.x)) - margin;
  const y = Math.min(...shown.map((node) => node.y)) - margin;
  const width = Math.max(...shown.map((node) => node.x)) + size.width + margin - x;
  const height = Math.max(...shown.map((node) => node.y)) + size.height + margin - y;
  if (shown.length === 0) return null;
  // Several transitions between the same two states are one line.
  const wires = new Map(edges.map((edge) => [`${edge.source} ${edge.target}`, edge]));
  return (
    <svg
      className={classes.picture}
      viewBox={`${x} ${y} ${width} ${height}`}
      role="img"
      aria-label={label}
    >
      <defs>
        <marker
          id={arrow}
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="7"
          markerHeight="7"
          orient="auto"
        >
          <path className={classes.arrow} d="M0 0 8 4 0 8z" />
        </marker>
      </defs>
      {[...wires].map(([key, { source, target }]) => {
        const path = wire(boxes.get(source), boxes.get(target));
        return path ? (
          <path key={key} className={classes.wire} d={path} markerEnd={`url(#${arrow})`} />
        ) : null;
      })}
      {shown.map((node) => (
        <g key={node.id} transform={`translate(${node.x} ${node.y})`}>
          <rect
            className={`${classes.node} ${node.level === 'SESSION' ? classes.session : ''}`}
            {...size}
            rx={24}
          />
          {labelLines(node.label || node.type).map((line, index, lines) => (
            <text
              key={line}
              className={classes.label}
              x={size.width / 2}
              y={size.height / 2 + (index - (lines.length - 1) / 2) * 40}
            >
              {line}
            </text>
          ))}
        </g>
      ))}
    </svg>
  );
}

/** A line between two boxes, bent a little, so that the ways there and back do not lie on each other. */
function wire(source: Box | undefined, target: Box | undefined): string | null {
  if (!source || !target || source === target) return null;
  const dx = target.x - source.x;
  const dy = target.y - source.y;
  const middle = {
    x: (source.x + target.x) / 2 + size.width / 2 - dy * 0.1,
    y: (source.y + target.y) / 2 + size.height / 2 + dx * 0.1,
  };
  const from = border(source, middle);
  const to = border(target, middle);
  return `M${from.x} ${from.y} Q${middle.x} ${middle.y} ${to.x} ${to.y}`;
}
