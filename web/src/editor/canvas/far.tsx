import { useStore, ViewportPortal } from '@xyflow/react';
import { createContext, useMemo } from 'react';
import classes from './far.module.css';
import type { FlowEdge, FlowNode } from './flow';
import { many } from './guess';
import { useMarks } from './marks';

/** Below this zoom the letters of a card cannot be read. */
const unreadable = 0.35;

/** Whether cards are so many and so small that each is drawn as a plain box. */
export const FarContext = createContext(false);

/** From far away a large drawing shows its shape: boxes, and wires as lines that cannot be touched. */
export function useFar(nodes: number): boolean {
  const small = useStore((state) => state.transform[2] < unreadable);
  return small && nodes > many;
}

/** All wires of a level in a few paths, one for each look. */
export function FarWires({ nodes, edges }: { nodes: FlowNode[]; edges: FlowEdge[] }) {
  const severity = useMarks((marks) => marks.edgeSeverity);
  const paths = useMemo(() => {
    const byId = new Map(nodes.map((node) => [node.id, node]));
    const looks = new Map<string, string[]>();
    for (const { id, source, target, data } of edges) {
      const from = byId.get(source);
      const to = byId.get(target);
      if (!from || !to) continue;
      const look = severity.get(id) ?? (data?.transition ? 'device' : 'session');
      const line = `M${right(from)}L${left(to)}`;
      const lines = looks.get(look);
      if (lines) lines.push(line);
      else looks.set(look, [line]);
    }
    return [...looks].map(([look, lines]) => ({ look, path: lines.join('') }));
  }, [nodes, edges, severity]);
  return (
    <ViewportPortal>
      <svg className={classes.wires} aria-hidden>
        {paths.map(({ look, path }) => (
          <path key={look} data-look={look} d={path} />
        ))}
      </svg>
    </ViewportPortal>
  );
}

const right = ({ position, measured }: FlowNode) =>
  `${position.x + (measured?.width ?? 0)} ${position.y + (measured?.height ?? 0) / 2}`;

const left = ({ position, measured }: FlowNode) =>
  `${position.x} ${position.y + (measured?.height ?? 0) / 2}`;
