import { type Catalogue, isTask, type Kind, kindOf, type Level } from './catalogue';
import type { ProtocolDocument } from './document';

/** The level that runs what stands in a container. */
export function levelInside(
  catalogue: Catalogue,
  document: ProtocolDocument,
  inside: string | undefined,
): Level {
  const container = document.nodes.find((node) => node.id === inside);
  return container && isTask(kindOf(catalogue, container)) ? 'TASK' : 'SESSION';
}

/** The kinds that can stand at a level; some only at the very top. */
export function placeable(kinds: Kind[], level: Level, inside: string | undefined): Kind[] {
  return kinds.filter((kind) => kind.level === level && (inside === undefined || !kind.top));
}

/** Kinds by words of their label, type, term and help, best first. */
export function searchKinds(kinds: Kind[], text: string): Kind[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return kinds;
  const rank = (kind: Kind): number => {
    const label = kind.label.toLowerCase();
    const near = `${label} ${kind.type} ${kind.standard.term}`.toLowerCase();
    const far = `${near} ${kind.group} ${kind.help}`.toLowerCase();
    if (words.every((word) => label.startsWith(word))) return 0;
    if (words.every((word) => near.includes(word))) return 1;
    return words.every((word) => far.includes(word)) ? 2 : 3;
  };
  return kinds
    .map((kind) => ({ kind, at: rank(kind) }))
    .filter(({ at }) => at < 3)
    .sort((a, b) => a.at - b.at)
    .map(({ kind }) => kind);
}
