import { type ProtocolDocument, textOf } from '../../editor/model/document';
import { pathTo } from '../../editor/model/tree';

export interface Edge {
  channel: string;
  rising: boolean;
}

/** What recorded names mean in the document that was run. */
export class ProtocolNames {
  readonly #edges = new Map<string, Edge>();
  readonly #labels = new Map<string, string>();

  constructor(readonly document: ProtocolDocument) {
    for (const { channels } of document.roles ?? []) {
      for (const { name, direction, rising, falling } of channels ?? []) {
        if (direction !== 'in') continue;
        this.#edges.set(rising || `${name}_in`, { channel: name, rising: true });
        this.#edges.set(falling || `${name}_out`, { channel: name, rising: false });
      }
    }
    for (const { id, data } of document.nodes) {
      this.#labels.set(id, textOf(data, 'label') || textOf(data, 'name') || id);
    }
  }

  /** The input that an event is an edge of. */
  edge(event: string): Edge | undefined {
    return this.#edges.get(event);
  }

  label(node: string): string {
    return this.#labels.get(node) ?? node;
  }

  /** The containers that a node stands in, itself included. */
  path(node: string): string[] {
    return pathTo(this.document, node).map(({ id }) => id);
  }
}
