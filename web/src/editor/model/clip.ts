import {
  type AnnotationClip,
  copyAnnotations,
  pasteAnnotations,
  withMembers,
} from './annotation-clip';
import { type Catalogue, isTask, kindOf } from './catalogue';
import {
  type DocumentEdge,
  type DocumentNode,
  type ProtocolDocument,
  sourcePort,
  textOf,
} from './document';
import { edgeIds, freeId, nodeIds } from './ids';
import { type Change, nameOf, withChildren } from './operations';
import { clipShape } from './shape';

/** A part of a document, as the clipboard carries it between windows. */
export interface Clip extends AnnotationClip {
  kind: 'lics.clip';
  format: 1;
  nodes: DocumentNode[];
  edges: DocumentEdge[];
}

export function copy(document: ProtocolDocument, ids: Iterable<string>): Clip {
  const all = withChildren(document, withMembers(document, ids));
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
    ...copyAnnotations(document, all),
  };
}

/** Reads a clip from text; null when it is something else. */
export function readClip(text: string): Clip | null {
  try {
    const read = clipShape.safeParse(JSON.parse(text));
    return read.success ? (read.data as unknown as Clip) : null;
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
  const level = container && isTask(kindOf(catalogue, container)) ? 'TASK' : 'SESSION';
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
  /** What a child is called now whose id was its name. */
  const renamed = (parent: string, name: string): string | undefined => {
    const child = clip.nodes.find((node) => node.parent === parent && nameOf(node) === name);
    return child && textOf(child.data, 'name') === '' ? names.get(child.id) : undefined;
  };
  /** A task begins in its own first state. */
  const withFirst = (node: DocumentNode): DocumentNode => {
    const initial = isTask(kindOf(catalogue, node))
      ? renamed(node.id, textOf(node.data, 'initial'))
      : undefined;
    return initial === undefined ? node : { ...node, data: { ...node.data, initial } };
  };
  const loose = (clip.notes ?? []).filter((note) => note.parent === undefined);
  const shift = offset(document, tops.length > 0 ? tops : loose, place);
  const nodes = clip.nodes.flatMap((node): DocumentNode[] => {
    const id = names.get(node.id);
    if (id === undefined) return [];
    const named = withFirst(node);
    if (!isTop(node)) return [{ ...named, id, parent: names.get(node.parent ?? '') ?? '' }];
    const { parent: _, ...free } = named;
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
    const handle = renamed(edge.source, sourcePort(edge));
    return [{ ...edge, id, source, target, ...(handle && { sourceHandle: handle }) }];
  });
  const noted = pasteAnnotations(document, clip, { parent: place.parent, shift, names });
  return {
    document: {
      ...noted.document,
      nodes: [...document.nodes, ...nodes],
      edges: [...document.edges, ...edges],
    },
    nodes: [...tops.map((node) => names.get(node.id) ?? ''), ...noted.keys],
    edges: [],
  };
}

/** Where it goes: to a place that was asked for, or beside what it was copied from. */
function offset(
  document: ProtocolDocument,
  tops: readonly { position: { x: number; y: number } }[],
  { parent, at }: { parent?: string | undefined; at?: { x: number; y: number } | undefined },
) {
  const [first] = tops;
  if (!first) return { x: 0, y: 0 };
  if (at) {
    const left = Math.min(...tops.map((node) => node.position.x));
    const top = Math.min(...tops.map((node) => node.position.y));
    return { x: at.x - left, y: at.y - top };
  }
  const taken = new Set(
    document.nodes
      .filter((node) => node.parent === parent)
      .map(({ position }) => `${position.x} ${position.y}`),
  );
  let shift = 32;
  while (taken.has(`${first.position.x + shift} ${first.position.y + shift}`)) shift += 32;
  return { x: shift, y: shift };
}
