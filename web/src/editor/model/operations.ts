import { moveNotes, renameMember, withoutAnnotations } from './annotations';
import { type Catalogue, isTask, kindOf, portsOf, wayOn } from './catalogue';
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
  return setNodeData(document, task.id, { ...task.data, initial: nameOf(state) });
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
    ...withoutAnnotations(document, gone),
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
  const onward = wayOn(ports);
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
    ...moveNotes(document, positions),
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

/** Changes what a node says. Where others name it by its name, they follow. */
export function setNodeData(document: ProtocolDocument, id: string, data: Data): ProtocolDocument {
  const before = document.nodes.find((node) => node.id === id);
  const changed = {
    ...document,
    nodes: document.nodes.map((node) => (node.id === id ? { ...node, data } : node)),
  };
  if (!before) return changed;
  return followName(changed, before, nameOf({ ...before, data }));
}

export function setEdgeData(document: ProtocolDocument, id: string, data: Data): ProtocolDocument {
  return {
    ...document,
    edges: document.edges.map((edge) => (edge.id === id ? { ...edge, data } : edge)),
  };
}

/** Gives a node another id; wires, children and what names it follow. The document itself when the id is taken. */
export function renameNode(document: ProtocolDocument, from: string, to: string): ProtocolDocument {
  const before = document.nodes.find((node) => node.id === from);
  if (!before || from === to || nodeIds(document).has(to)) return document;
  const renamed = (id: string) => (id === from ? to : id);
  const changed = {
    ...renameMember(document, from, to),
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
  return followName(changed, before, nameOf({ ...before, id: to }));
}

/** What a state or an end of a task is called by the task around it: its name, or its id. */
export const nameOf = (node: DocumentNode): string => textOf(node.data, 'name') || node.id;

/** A task names its first state, and has a port for each end inside it: both keep what they mean. */
function followName(
  document: ProtocolDocument,
  { id, type, parent, ...before }: DocumentNode,
  to: string,
): ProtocolDocument {
  const from = nameOf({ id, type, ...before });
  if (parent === undefined || from === to) return document;
  const shared = document.nodes.some((node) => node.parent === parent && nameOf(node) === from);
  if (shared) return document; // another one is called like that still
  return {
    ...document,
    nodes: document.nodes.map((node) =>
      node.id === parent && node.type === 'task' && textOf(node.data, 'initial') === from
        ? { ...node, data: { ...node.data, initial: to } }
        : node,
    ),
    edges: document.edges.map((edge) =>
      type === 'exit' && edge.source === parent && edge.sourceHandle === from
        ? { ...edge, sourceHandle: to }
        : edge,
    ),
  };
}
