import type { ProtocolDocument } from './document';

/**
 * An id that is not taken: the wish itself, or the wish with a number. Ids are
 * read by people in event streams and in Temporal, so they are words.
 */
export function freeId(wish: string, taken: ReadonlySet<string>): string {
  const base = wish.replace(/[^A-Za-z0-9_.:-]+/g, '_').replace(/^[^A-Za-z0-9_]+/, '') || 'node';
  if (!taken.has(base)) return base;
  const stem = base.replace(/_\d+$/, '');
  for (let n = 2; ; n++) {
    const id = `${stem}_${n}`;
    if (!taken.has(id)) return id;
  }
}

export const nodeIds = (document: ProtocolDocument): Set<string> =>
  new Set(document.nodes.map((node) => node.id));

export const edgeIds = (document: ProtocolDocument): Set<string> =>
  new Set(document.edges.map((edge) => edge.id));
