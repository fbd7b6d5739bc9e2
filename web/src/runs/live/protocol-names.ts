import { type ProtocolDocument, textOf } from '../../editor/model/document';
import { pathTo } from '../../editor/model/tree';

export interface Edge {
  channel: string;
  rising: boolean;
}

/** What recorded names mean in the document that was run. */
export class ProtocolNames {
  readonly #edges = new Map<string, Edge>();
  readonly #states = new Map<string, string>();
  readonly #labels = new Map<string, string>();

  constructor(readonly document: ProtocolDocument) {
    for (const { channels } of document.roles ?? []) {
      for (const { name, direction, rising, falling } of channels ?? []) {
        if (direction !== 'in') continue;
        this.#edges.set(rising || `${name}_in`, { channel: name, rising: true });
        this.#edges.set(falling || `${name}_out`, { channel: name, rising: false });
      }
    }
    for (const { id, parent, data } of document.nodes) {
      const label = textOf(data, 'label') || textOf(data, 'name') || id;
      this.#labels.set(id, label);
      if (parent === undefined) continue;
      this.#states.set(key(parent, textOf(data, 'name') || id), id);
    }
  }

  /** The input that an event is an edge of. */
  edge(event: string): Edge | undefined {
    return this.#edges.get(event);
  }

  label(node: string): string {
    return this.#labels.get(node) ?? node;
  }

  /**
   * The node a state of a task is drawn as. A node that stands for several states
   * gives them names that begin with its own.
   */
  nodeOfState(task: string, state: string): string | undefined {
    for (let name = state; name !== ''; name = name.replace(/[._/-]?[^._/-]+$/, '')) {
      const id = this.#states.get(key(task, name));
      if (id !== undefined) return id;
    }
    return undefined;
  }

  /** The containers that a node stands in, itself included. */
  path(node: string): string[] {
    return pathTo(this.document, node).map(({ id }) => id);
  }
}

const key = (task: string, state: string) => `${task}\n${state}`;
