import { temporal } from 'zundo';
import { createStore } from 'zustand/vanilla';
import type { ProtocolDocument } from './document';

/** What the editor edits. Only the document can be undone. */
export interface EditorState {
  document: ProtocolDocument;
  /** The document as the server has it; null when it was never saved. */
  saved: ProtocolDocument | null;
  /** The container that is open; undefined is the session level. */
  inside: string | undefined;
  selectedNodes: readonly string[];
  selectedEdges: readonly string[];
}

export interface EditorActions {
  /** Changes the document by one step of undo. */
  edit(change: (document: ProtocolDocument) => ProtocolDocument): void;
  /** Opens another document; undo begins anew. */
  open(document: ProtocolDocument, saved: ProtocolDocument | null): void;
  markSaved(document: ProtocolDocument): void;
  enter(container: string | undefined): void;
  select(nodes: readonly string[], edges?: readonly string[]): void;
}

export type EditorStore = ReturnType<typeof createEditorStore>;

/** One editor. Undo keeps the last hundred documents, which share what did not change. */
export function createEditorStore(document: ProtocolDocument, saved: ProtocolDocument | null) {
  return createStore<EditorState & EditorActions>()(
    temporal(
      (set, get, store) => ({
        document,
        saved,
        inside: undefined,
        selectedNodes: [],
        selectedEdges: [],
        edit: (change) => {
          const next = change(get().document);
          if (next === get().document) return;
          set({ document: next, ...stillThere(get(), next) });
        },
        open: (opened, from) => {
          set({ ...fresh, document: opened, saved: from });
          (store as unknown as Undoable).temporal.getState().clear();
        },
        markSaved: (as) => set({ saved: as }),
        enter: (container) => set({ inside: container, selectedNodes: [], selectedEdges: [] }),
        select: (nodes, edges = []) => set({ selectedNodes: nodes, selectedEdges: edges }),
      }),
      {
        limit: 100,
        partialize: ({ document }) => ({ document }),
        equality: (past, current) => past.document === current.document,
      },
    ),
  );
}

interface Undoable {
  temporal: { getState(): { clear(): void } };
}

const fresh = { inside: undefined, selectedNodes: [], selectedEdges: [] };

/** The part of selection and place that a new document still has. */
function stillThere(state: EditorState, next: ProtocolDocument) {
  const nodes = new Set(next.nodes.map((node) => node.id));
  const edges = new Set(next.edges.map((edge) => edge.id));
  return {
    inside: state.inside !== undefined && nodes.has(state.inside) ? state.inside : undefined,
    selectedNodes: state.selectedNodes.filter((id) => nodes.has(id)),
    selectedEdges: state.selectedEdges.filter((id) => edges.has(id)),
  };
}

export const isDirty = (state: EditorState): boolean => state.document !== state.saved;
