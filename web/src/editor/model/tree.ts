import type { DocumentNode, ProtocolDocument } from './document';

/** The containers from the top down to a node, itself included. A cycle of parents ends the path. */
export function pathTo(document: ProtocolDocument, id: string | undefined): DocumentNode[] {
  const byId = new Map(document.nodes.map((node) => [node.id, node]));
  const path: DocumentNode[] = [];
  for (let at = id; at !== undefined; ) {
    const node = byId.get(at);
    if (!node || path.includes(node)) break;
    path.unshift(node);
    at = node.parent;
  }
  return path;
}
