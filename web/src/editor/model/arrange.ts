import dagre from '@dagrejs/dagre';
import type { DocumentNode, Position, ProtocolDocument } from './document';

export type Edge = 'left' | 'right' | 'top' | 'bottom' | 'centre' | 'middle';
export type Size = { width: number; height: number };
export type SizeOf = (node: DocumentNode) => Size;

/** New positions for one level, in the direction of reading; the same document gives the same picture. */
export function autoLayout(
  document: ProtocolDocument,
  parent: string | undefined,
  sizeOf: SizeOf,
): Map<string, Partial<Position>> {
  const nodes = document.nodes.filter((node) => node.parent === parent);
  const inside = new Set(nodes.map((node) => node.id));
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 48, ranksep: 96 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of nodes) graph.setNode(node.id, { ...sizeOf(node) });
  for (const edge of document.edges) {
    if (inside.has(edge.source) && inside.has(edge.target) && edge.source !== edge.target) {
      graph.setEdge(edge.source, edge.target, {}, edge.id);
    }
  }
  dagre.layout(graph);
  return new Map(
    nodes.map((node) => {
      const { x, y } = graph.node(node.id) as { x: number; y: number };
      const { width, height } = sizeOf(node);
      return [node.id, { x: x - width / 2, y: y - height / 2 }];
    }),
  );
}

/** Lines nodes up at one edge, or through their middles. */
export function align(
  nodes: readonly DocumentNode[],
  edge: Edge,
  sizeOf: SizeOf,
): Map<string, Partial<Position>> {
  const boxes = nodes.map((node) => ({ node, ...node.position, ...sizeOf(node) }));
  const left = Math.min(...boxes.map((box) => box.x));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const top = Math.min(...boxes.map((box) => box.y));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  const moved: Record<Edge, (box: (typeof boxes)[number]) => Partial<Position>> = {
    left: () => ({ x: left }),
    right: (box) => ({ x: right - box.width }),
    centre: (box) => ({ x: (left + right - box.width) / 2 }),
    top: () => ({ y: top }),
    bottom: (box) => ({ y: bottom - box.height }),
    middle: (box) => ({ y: (top + bottom - box.height) / 2 }),
  };
  return new Map(boxes.map((box) => [box.node.id, moved[edge](box)]));
}

/** Makes the gaps between nodes equal; the outermost two stay. */
export function distribute(
  nodes: readonly DocumentNode[],
  axis: 'x' | 'y',
  sizeOf: SizeOf,
): Map<string, Partial<Position>> {
  const length = (node: DocumentNode) => sizeOf(node)[axis === 'x' ? 'width' : 'height'];
  const order = [...nodes].sort((a, b) => a.position[axis] - b.position[axis]);
  const [first] = order;
  const last = order.at(-1);
  if (!first || !last || order.length < 3) return new Map();
  const span = last.position[axis] + length(last) - first.position[axis];
  const filled = order.reduce((sum, node) => sum + length(node), 0);
  const gap = (span - filled) / (order.length - 1);
  let at = first.position[axis];
  return new Map(
    order.map((node) => {
      const here = at;
      at += length(node) + gap;
      return [node.id, { [axis]: here }];
    }),
  );
}
