import { noteKey } from './annotations';
import { type Catalogue, isTask, kindOf } from './catalogue';
import { whyNot } from './connect';
import type { DocumentEdge, DocumentNode, ProtocolDocument } from './document';
import { freeId, nodeIds } from './ids';
import { type Change, connect } from './operations';

/** Why steps cannot be put into a loop, or taken out of one: a key of the catalogue of texts. */
export type LoopRefusal =
  | 'nothing'
  | 'inTask'
  | 'beginOrEnd'
  | 'manyWaysIn'
  | 'manyWaysOut'
  | 'apart'
  | 'notALoop'
  | 'empty';

const margin = { left: 40, top: 60, right: 60, bottom: 60 };
const cardSize = { width: 230, height: 80 };

/**
 * Wraps a chain of steps into a repeat: the wires that led to its first step
 * lead to the loop, and the one that left it leaves the loop when it is done.
 */
export function putIntoLoop(
  catalogue: Catalogue,
  document: ProtocolDocument,
  keys: Iterable<string>,
): Change | { why: LoopRefusal } {
  const chosen = new Set(keys);
  const steps = document.nodes.filter((node) => chosen.has(node.id));
  const [some] = steps;
  if (!some) return { why: 'nothing' };
  if (steps.some((node) => kindOf(catalogue, node).level === 'TASK')) return { why: 'inTask' };
  if (steps.some((node) => kindOf(catalogue, node).top)) return { why: 'beginOrEnd' };
  const ids = new Set(steps.map((node) => node.id));
  const inner = document.edges.filter((edge) => ids.has(edge.source) && ids.has(edge.target));
  const arriving = document.edges.filter((edge) => !ids.has(edge.source) && ids.has(edge.target));
  const leaving = document.edges.filter((edge) => ids.has(edge.source) && !ids.has(edge.target));
  const begun = new Set(arriving.map((edge) => edge.target));
  const led = new Set(inner.map((edge) => edge.target));
  const [first, ...others] =
    begun.size > 0 ? begun : steps.filter(({ id }) => !led.has(id)).map(({ id }) => id);
  if (first === undefined || others.length > 0) return { why: 'manyWaysIn' };
  if (leaving.length > 1) return { why: 'manyWaysOut' };
  if (reached(inner, first).size < ids.size) return { why: 'apart' };

  const id = freeId('repeat', nodeIds(document));
  const corner = {
    x: Math.min(...steps.map((node) => node.position.x)),
    y: Math.min(...steps.map((node) => node.position.y)),
  };
  const loop: DocumentNode = {
    id,
    type: 'repeat',
    position: { ...corner, ...sizeAround(steps) },
    ...(some.parent === undefined ? {} : { parent: some.parent }),
    data: { count: '10' },
  };
  const inLoop = <T extends { position: { x: number; y: number } }>(each: T) => ({
    ...each,
    position: {
      ...each.position,
      x: each.position.x - corner.x + margin.left,
      y: each.position.y - corner.y + margin.top,
    },
    parent: id,
  });
  const moved: ProtocolDocument = {
    ...document,
    nodes: [...document.nodes.map((node) => (ids.has(node.id) ? inLoop(node) : node)), loop],
    ...(document.notes && {
      notes: document.notes.map((note) => (chosen.has(noteKey(note.id)) ? inLoop(note) : note)),
    }),
    edges: document.edges.map((edge) => {
      if (arriving.includes(edge)) return { ...edge, target: id };
      if (leaving.includes(edge)) return { ...plain(edge), source: id, sourceHandle: 'done' };
      return edge;
    }),
  };
  const body = { source: id, sourceHandle: 'body', target: first, targetHandle: 'in' };
  return { document: connect(moved, body).document, nodes: [id], edges: [] };
}

/**
 * Puts what stands in a loop in place of the loop: it is done once. Steps from
 * which nothing led on lead to where the loop led.
 */
export function takeOutOfLoop(
  catalogue: Catalogue,
  document: ProtocolDocument,
  id: string | undefined,
): Change | { why: LoopRefusal } {
  const loop = document.nodes.find((node) => node.id === id);
  if (!loop) return { why: 'notALoop' };
  const kind = kindOf(catalogue, loop);
  const hasBody = kind.ports.some((port) => port.direction === 'OUT' && port.name === 'body');
  if (!kind.container || isTask(kind) || !hasBody) return { why: 'notALoop' };
  const steps = document.nodes.filter((node) => node.parent === loop.id);
  const body = document.edges.find(
    (edge) => edge.source === loop.id && edge.sourceHandle === 'body',
  );
  if (!body) return { why: 'empty' };
  const done = document.edges.find(
    (edge) => edge.source === loop.id && edge.sourceHandle === 'done',
  );
  const ids = new Set(steps.map((node) => node.id));
  const outside = <T extends { position: { x: number; y: number }; parent?: string }>(each: T) => {
    const { parent: _, ...free } = each;
    return {
      ...free,
      position: {
        ...each.position,
        x: each.position.x + loop.position.x - margin.left,
        y: each.position.y + loop.position.y - margin.top,
      },
      ...(loop.parent === undefined ? {} : { parent: loop.parent }),
    };
  };
  let next: ProtocolDocument = {
    ...document,
    nodes: document.nodes
      .filter((node) => node !== loop)
      .map((node) => (ids.has(node.id) ? (outside(node) as DocumentNode) : node)),
    ...(document.notes && {
      notes: document.notes.map((note) =>
        note.parent === loop.id ? (outside(note) as typeof note) : note,
      ),
    }),
    edges: document.edges
      .filter((edge) => edge.source !== loop.id)
      .map((edge) =>
        edge.target === loop.id ? { ...edge, target: body.target, targetHandle: 'in' } : edge,
      ),
  };
  for (const { id: source } of done ? steps : []) {
    const wire = {
      source,
      sourceHandle: 'out',
      target: done?.target ?? '',
      targetHandle: done?.targetHandle ?? 'in',
    };
    if (whyNot(catalogue, next, wire) === null) next = connect(next, wire).document;
  }
  return { document: next, nodes: [...ids], edges: [] };
}

/** Everything wires lead to from a step, itself included. */
function reached(edges: readonly DocumentEdge[], from: string): Set<string> {
  const seen = new Set([from]);
  for (let size = 0; size !== seen.size; ) {
    size = seen.size;
    for (const edge of edges) if (seen.has(edge.source)) seen.add(edge.target);
  }
  return seen;
}

function sizeAround(steps: readonly DocumentNode[]): { width: number; height: number } {
  const right = Math.max(
    ...steps.map(({ position }) => position.x + (position.width ?? cardSize.width)),
  );
  const bottom = Math.max(
    ...steps.map(({ position }) => position.y + (position.height ?? cardSize.height)),
  );
  const left = Math.min(...steps.map(({ position }) => position.x));
  const top = Math.min(...steps.map(({ position }) => position.y));
  return {
    width: right - left + margin.left + margin.right,
    height: bottom - top + margin.top + margin.bottom,
  };
}

/** The wire alone, as it leaves another node. */
const plain = ({ id, source, target, targetHandle }: DocumentEdge): DocumentEdge => ({
  id,
  source,
  target,
  ...(targetHandle === undefined ? {} : { targetHandle }),
});
