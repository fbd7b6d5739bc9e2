import { type Catalogue, isTask, kindOf, portsOf } from './catalogue';
import { type Connection, whyNot } from './connect';
import {
  type Data,
  type DocumentEdge,
  type DocumentNode,
  type Position,
  type ProtocolDocument,
  sourcePort,
  targetPort,
  textOf,
} from './document';
import { edgeIds, freeId, nodeIds } from './ids';

/** What an operation gives: the new document, and what should be selected then. */
export interface Change {
  document: ProtocolDocument;
  nodes: string[];
  edges: string[];
}

const containerSize = { width: 640, height: 320 };

export interface NewNode {
  type: string;
  position: { x: number; y: number };
  parent?: string | undefined;
  data?: Data | undefined;
}

export function addNode(
  catalogue: Catalogue,
  document: ProtocolDocument,
  wish: NewNode,
): Change & { id: string } {
  const id = freeId(wish.type, nodeIds(document));
  const size = catalogue.get(wish.type)?.container ? containerSize : {};
  const node: DocumentNode = {
    id,
    type: wish.type,
    position: { ...wish.position, ...size },
    ...(wish.parent === undefined ? {} : { parent: wish.parent }),
    ...(wish.data === undefined ? {} : { data: wish.data }),
  };
  const whole = { ...document, nodes: [...document.nodes, node] };
  const parent = document.nodes.find((each) => each.id === wish.parent);
  const first = textOf(parent?.data, 'initial') === '' && canBegin(catalogue, whole, node);
  return { document: first ? beginWith(whole, node) : whole, nodes: [id], edges: [], id };
}

/** Whether a task can begin in a node: one comes into it and gets out of it again. */
export function canBegin(
  catalogue: Catalogue,
  document: ProtocolDocument,
  node: DocumentNode,
): boolean {
  const parent = document.nodes.find((each) => each.id === node.parent);
  if (!parent || !isTask(kindOf(catalogue, parent))) return false;
  const directions = new Set(portsOf(catalogue, document, node).map((port) => port.direction));
  return directions.size === 2;
}

/** Lets a task begin in one of its states. */
export function beginWith(document: ProtocolDocument, state: DocumentNode): ProtocolDocument {
  const task = document.nodes.find((each) => each.id === state.parent);
  if (!task) return document;
  const initial = textOf(state.data, 'name') || state.id;
  return setNodeData(document, task.id, { ...task.data, initial });
}

/** Draws a wire. It must be allowed: see whyNot. */
export function connect(document: ProtocolDocument, wire: Connection, data?: Data): Change {
  const id = freeId(`${wire.source}-${wire.target}`, edgeIds(document));
  const edge: DocumentEdge = {
    id,
    source: wire.source,
    ...(wire.sourceHandle === 'out' ? {} : { sourceHandle: wire.sourceHandle }),
    target: wire.target,
    ...(wire.targetHandle === 'in' ? {} : { targetHandle: wire.targetHandle }),
    ...(data === undefined ? {} : { data }),
  };
  return { document: { ...document, edges: [...document.edges, edge] }, nodes: [], edges: [id] };
}

/** The nodes with everything that stands inside them. */
export function withChildren(document: ProtocolDocument, ids: Iterable<string>): Set<string> {
  const all = new Set(ids);
  for (let size = -1; size !== all.size; ) {
    size = all.size;
    for (const node of document.nodes) {
      if (node.parent !== undefined && all.has(node.parent)) all.add(node.id);
    }
  }
  return all;
}

/** Removes nodes with what is inside, their wires, and further wires, in one step. */
export function remove(
  document: ProtocolDocument,
  nodes: Iterable<string>,
  edges: Iterable<string> = [],
): ProtocolDocument {
  const gone = withChildren(document, nodes);
  const cut = new Set(edges);
  return {
    ...document,
    nodes: document.nodes.filter((node) => !gone.has(node.id)),
    edges: document.edges.filter(
      (edge) => !cut.has(edge.id) && !gone.has(edge.source) && !gone.has(edge.target),
    ),
  };
}

/** Removes nodes and joins the wires that led to each with the one that left it. */
export function removeAndReconnect(
  catalogue: Catalogue,
  document: ProtocolDocument,
  nodes: readonly string[],
): ProtocolDocument {
  return nodes.reduce((now, id) => {
    const incoming = now.edges.filter((edge) => edge.target === id && edge.source !== id);
    const outgoing = now.edges.filter((edge) => edge.source === id && edge.target !== id);
    const onward = outgoing[0];
    let next = remove(now, [id]);
    if (outgoing.length !== 1 || !onward) return next;
    for (const edge of incoming) {
      const wire = {
        source: edge.source,
        sourceHandle: sourcePort(edge),
        target: onward.target,
        targetHandle: targetPort(onward),
      };
      if (whyNot(catalogue, next, wire) === null) {
        next = connect(next, wire, edge.data).document;
      }
    }
    return next;
  }, document);
}

/** Puts a node into a wire: the wire leads to it, and a new one leads on. null when it does not fit. */
export function splice(
  catalogue: Catalogue,
  document: ProtocolDocument,
  edgeId: string,
  nodeId: string,
): Change | null {
  const edge = document.edges.find((each) => each.id === edgeId);
  const node = document.nodes.find((each) => each.id === nodeId);
  if (!edge || !node || edge.source === nodeId || edge.target === nodeId) return null;
  const ports = portsOf(catalogue, document, node);
  const into = ports.find((port) => port.direction === 'IN');
  const onward =
    ports.find((port) => port.direction === 'OUT' && !port.optional) ??
    ports.find((port) => port.direction === 'OUT');
  if (!into || !onward) return null;
  const cut = remove(document, [], [edgeId]);
  const first = {
    source: edge.source,
    sourceHandle: sourcePort(edge),
    target: nodeId,
    targetHandle: into.name,
  };
  if (whyNot(catalogue, cut, first)) return null;
  const half = connect(cut, first, edge.data);
  const second = {
    source: nodeId,
    sourceHandle: onward.name,
    target: edge.target,
    targetHandle: targetPort(edge),
  };
  if (whyNot(catalogue, half.document, second)) return null;
  const whole = connect(half.document, second);
  return { document: whole.document, nodes: [nodeId], edges: [] };
}

export function moveNodes(
  document: ProtocolDocument,
  positions: ReadonlyMap<string, Partial<Position>>,
): ProtocolDocument {
  if (positions.size === 0) return document;
  return {
    ...document,
    nodes: document.nodes.map((node) => {
      const to = positions.get(node.id);
      return to ? { ...node, position: rounded({ ...node.position, ...to }) } : node;
    }),
  };
}

function rounded(position: Position): Position {
  return Object.fromEntries(
    Object.entries(position).map(([key, value]) => [key, Math.round(value)]),
  ) as unknown as Position;
}

export function setNodeData(document: ProtocolDocument, id: string, data: Data): ProtocolDocument {
  return {
    ...document,
    nodes: document.nodes.map((node) => (node.id === id ? { ...node, data } : node)),
  };
}

export function setEdgeData(document: ProtocolDocument, id: string, data: Data): ProtocolDocument {
  return {
    ...document,
    edges: document.edges.map((edge) => (edge.id === id ? { ...edge, data } : edge)),
  };
}

/** Gives a node another id; wires and children follow. The document itself when the id is taken. */
export function renameNode(document: ProtocolDocument, from: string, to: string): ProtocolDocument {
  if (from === to || nodeIds(document).has(to)) return document;
  const renamed = (id: string) => (id === from ? to : id);
  return {
    ...document,
    nodes: document.nodes.map((node) =>
      node.id === from || node.parent === from
        ? {
            ...node,
            id: renamed(node.id),
            ...(node.parent === undefined ? {} : { parent: renamed(node.parent) }),
          }
        : node,
    ),
    edges: document.edges.map((edge) =>
      edge.source === from || edge.target === from
        ? { ...edge, source: renamed(edge.source), target: renamed(edge.target) }
        : edge,
    ),
  };
}

/** A part of a document, as the clipboard carries it between windows. */
export interface Clip {
  kind: 'lics.clip';
  format: 1;
  nodes: DocumentNode[];
  edges: DocumentEdge[];
}

export function copy(document: ProtocolDocument, ids: Iterable<string>): Clip {
  const top = new Set(ids);
  const all = withChildren(document, top);
  return {
    kind: 'lics.clip',
    format: 1,
    nodes: document.nodes
      .filter((node) => all.has(node.id))
      .map((node) => {
        if (node.parent === undefined || all.has(node.parent)) return node;
        const { parent: _, ...free } = node;
        return free;
      }),
    edges: document.edges.filter((edge) => all.has(edge.source) && all.has(edge.target)),
  };
}

/** Reads a clip from text; null when it is something else. */
export function readClip(text: string): Clip | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return null;
    const clip = value as Partial<Clip>;
    const fits =
      clip.kind === 'lics.clip' && Array.isArray(clip.nodes) && Array.isArray(clip.edges);
    return fits ? (clip as Clip) : null;
  } catch {
    return null;
  }
}

/**
 * Puts a clip into a container (or the top), with new ids where they are taken,
 * shifted so that it does not cover what it was copied from. Nodes of another
 * level than the place stay out.
 */
export function paste(
  catalogue: Catalogue,
  document: ProtocolDocument,
  clip: Clip,
  place: { parent?: string | undefined; at?: { x: number; y: number } | undefined },
): Change {
  const container = document.nodes.find((node) => node.id === place.parent);
  const level = container?.type === 'task' ? 'TASK' : 'SESSION';
  const inside = new Set(clip.nodes.map((node) => node.id));
  const isTop = (node: DocumentNode) => node.parent === undefined || !inside.has(node.parent);
  const tops = clip.nodes.filter((node) => isTop(node) && kindOf(catalogue, node).level === level);
  const kept = withChildren(
    { kind: 'lics.protocol', format: 1, name: '', nodes: clip.nodes, edges: [] },
    tops.map((node) => node.id),
  );
  const taken = nodeIds(document);
  const names = new Map<string, string>();
  for (const node of clip.nodes) {
    if (!kept.has(node.id)) continue;
    const id = freeId(node.id, taken);
    taken.add(id);
    names.set(node.id, id);
  }
  const shift = offset(tops, place.at);
  const nodes = clip.nodes.flatMap((node): DocumentNode[] => {
    const id = names.get(node.id);
    if (id === undefined) return [];
    if (!isTop(node)) return [{ ...node, id, parent: names.get(node.parent ?? '') ?? '' }];
    const { parent: _, ...free } = node;
    const position = {
      ...node.position,
      x: Math.round(node.position.x + shift.x),
      y: Math.round(node.position.y + shift.y),
    };
    const parent = place.parent === undefined ? {} : { parent: place.parent };
    return [{ ...free, id, position, ...parent }];
  });
  const takenEdges = edgeIds(document);
  const edges = clip.edges.flatMap((edge): DocumentEdge[] => {
    const source = names.get(edge.source);
    const target = names.get(edge.target);
    if (source === undefined || target === undefined) return [];
    const id = freeId(edge.id, takenEdges);
    takenEdges.add(id);
    return [{ ...edge, id, source, target }];
  });
  return {
    document: {
      ...document,
      nodes: [...document.nodes, ...nodes],
      edges: [...document.edges, ...edges],
    },
    nodes: tops.map((node) => names.get(node.id) ?? ''),
    edges: [],
  };
}

function offset(tops: DocumentNode[], at: { x: number; y: number } | undefined) {
  if (!at || tops.length === 0) return { x: 32, y: 32 };
  const left = Math.min(...tops.map((node) => node.position.x));
  const top = Math.min(...tops.map((node) => node.position.y));
  return { x: at.x - left, y: at.y - top };
}
