import type { ProtocolDocument } from './document';

/** One difference between two documents, by what it happened to. */
export interface Difference {
  kind: 'added' | 'removed' | 'changed';
  object: 'protocol' | 'role' | 'parameter' | 'variable' | 'node' | 'edge' | 'note' | 'group';
  /** Id or name; of the protocol itself the field. */
  id: string;
}

/**
 * What lies between two documents, for what was not saved yet. Of versions the
 * server says it, with the fields. A node that was only moved did not change.
 */
export function differences(from: ProtocolDocument, to: ProtocolDocument): Difference[] {
  const fields = ['name', 'description', 'reference'] as const;
  return [
    ...fields
      .filter((field) => (from[field] ?? '') !== (to[field] ?? ''))
      .map((id) => ({ kind: 'changed', object: 'protocol', id }) as const),
    ...between('role', from.roles, to.roles, (role) => role.name),
    ...between('parameter', from.parameters, to.parameters, (parameter) => parameter.name),
    ...between('variable', from.variables, to.variables, (variable) => variable.name),
    ...between(
      'node',
      from.nodes.map(({ position: _, ...rest }) => rest),
      to.nodes.map(({ position: _, ...rest }) => rest),
      (node) => node.id,
    ),
    ...between('edge', from.edges, to.edges, (edge) => edge.id),
    ...between(
      'note',
      from.notes?.map(({ position: _, ...rest }) => rest),
      to.notes?.map(({ position: _, ...rest }) => rest),
      (note) => note.id,
    ),
    ...between('group', from.groups, to.groups, (group) => group.id),
  ];
}

function between<T>(
  object: Difference['object'],
  from: readonly T[] = [],
  to: readonly T[] = [],
  nameOf: (item: T) => string,
): Difference[] {
  const before = new Map(from.map((item) => [nameOf(item), stable(item)]));
  const after = new Map(to.map((item) => [nameOf(item), stable(item)]));
  return [
    ...[...before.keys()]
      .filter((id) => !after.has(id))
      .map((id) => ({ kind: 'removed', object, id }) as const),
    ...[...after].flatMap(([id, text]): Difference[] => {
      const old = before.get(id);
      if (old === undefined) return [{ kind: 'added', object, id }];
      return old === text ? [] : [{ kind: 'changed', object, id }];
    }),
  ];
}

/** JSON whose keys have one order, so that equal things are equal texts. */
function stable(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

export const sameDocument = (a: ProtocolDocument, b: ProtocolDocument): boolean =>
  stable(a) === stable(b);

/** Both documents in one drawing: the newer one, with what only the older one had. */
export function overlay(from: ProtocolDocument, to: ProtocolDocument): ProtocolDocument {
  const nodes = new Set(to.nodes.map((node) => node.id));
  const edges = new Set(to.edges.map((edge) => edge.id));
  return {
    ...to,
    nodes: [...to.nodes, ...from.nodes.filter((node) => !nodes.has(node.id))],
    edges: [...to.edges, ...from.edges.filter((edge) => !edges.has(edge.id))],
  };
}

/** What the canvas marks: nodes and wires, and containers in which something changed. */
export function diffMarks(
  from: ProtocolDocument,
  to: ProtocolDocument,
): Map<string, Difference['kind']> {
  const marks = new Map(
    differences(from, to)
      .filter(({ object }) => object === 'node' || object === 'edge')
      .map(({ id, kind }) => [id, kind]),
  );
  const all = overlay(from, to);
  const byId = new Map(all.nodes.map((node) => [node.id, node]));
  const sources = new Map(all.edges.map((edge) => [edge.id, edge.source]));
  for (const id of [...marks.keys()]) {
    const seen = new Set<string>();
    let at = byId.get(sources.get(id) ?? id)?.parent;
    while (at !== undefined && !seen.has(at)) {
      seen.add(at);
      if (!marks.has(at)) marks.set(at, 'changed');
      at = byId.get(at)?.parent;
    }
  }
  return marks;
}
