import { temporal } from 'zundo';
import { createStore } from 'zustand/vanilla';
import { annotationKeys } from './annotations';
import type { ProtocolDocument } from './document';

/** What the editor edits. Only the document can be undone. */
export interface EditorState {
  document: ProtocolDocument;
  /** The document as the server has it; null when it was never saved. */
  saved: ProtocolDocument | null;
  /** Where the document was read from or last saved to. */
  source: Source;
  /** The container that is open; undefined is the session level. */
  inside: string | undefined;
  selectedNodes: readonly string[];
  selectedEdges: readonly string[];
  /** What the panel beside the canvas shows. */
  tab: SideTab;
  /** What the panel below it shows. */
  below: BelowTab;
}

/** What is selected, or a part of what the protocol declares. */
export type SideTab = 'selection' | 'roles' | 'values' | 'about';

export type BelowTab = 'problems' | 'dry-run' | 'versions';

/** The version on the server that the document began as; number 0 and no id for none. */
export interface Source {
  id: string | null;
  number: number;
}

export interface EditorActions {
  /**
   * Changes the document by one step of undo. Quick changes one after the other
   * with the same key, such as letters typed into one field, are one step.
   */
  edit(change: (document: ProtocolDocument) => ProtocolDocument, key?: string): void;
  /** Takes back the last step; what is gone then is neither open nor selected. */
  undo(): void;
  redo(): void;
  /** Opens another document; undo begins anew. */
  open(document: ProtocolDocument, saved: ProtocolDocument | null, source: Source): void;
  markSaved(document: ProtocolDocument, source: Source): void;
  /** Goes on from another version: what is drawn stays. */
  rebase(source: Source, saved: ProtocolDocument): void;
  enter(container: string | undefined): void;
  select(nodes: readonly string[], edges?: readonly string[]): void;
  show(tab: SideTab): void;
  showBelow(tab: BelowTab): void;
}

export type EditorStore = ReturnType<typeof createEditorStore>;

/** A pause in typing that begins a new step of undo, in milliseconds. */
const oneStepMs = 1_000;

/** One editor. Undo keeps the last hundred documents, which share what did not change. */
export function createEditorStore(
  document: ProtocolDocument,
  saved: ProtocolDocument | null,
  source: Source = { id: null, number: 0 },
) {
  const nothing = { key: '', at: 0 };
  let last = nothing;
  return createStore<EditorState & EditorActions>()(
    temporal(
      (set, get, store) => ({
        document,
        saved,
        source,
        inside: undefined,
        selectedNodes: [],
        selectedEdges: [],
        tab: 'selection',
        below: 'problems',
        edit: (change, key = '') => {
          const next = change(get().document);
          if (next === get().document) return;
          const now = Date.now();
          const goesOn = key !== '' && key === last.key && now - last.at < oneStepMs;
          last = { key, at: now };
          const past = (store as unknown as Undoable).temporal.getState();
          if (goesOn) past.pause();
          set({ document: next, ...stillThere(get(), next) });
          if (goesOn) past.resume();
        },
        undo: () => {
          (store as unknown as Undoable).temporal.getState().undo();
          last = nothing;
          set(stillThere(get(), get().document));
        },
        redo: () => {
          (store as unknown as Undoable).temporal.getState().redo();
          last = nothing;
          set(stillThere(get(), get().document));
        },
        open: (opened, from, at) => {
          set({ ...fresh, document: opened, saved: from, source: at });
          (store as unknown as Undoable).temporal.getState().clear();
        },
        markSaved: (as, at) => set({ saved: as, source: at }),
        rebase: (at, as) => set({ saved: as, source: at }),
        enter: (container) => set({ inside: container, selectedNodes: [], selectedEdges: [] }),
        select: (nodes, edges = []) =>
          set({
            selectedNodes: nodes,
            selectedEdges: edges,
            ...(nodes.length + edges.length > 0 && { tab: 'selection' }),
          }),
        show: (tab) => set({ tab }),
        showBelow: (below) => set({ below }),
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
  temporal: {
    getState(): { clear(): void; pause(): void; resume(): void; undo(): void; redo(): void };
  };
}

const fresh = { inside: undefined, selectedNodes: [], selectedEdges: [] };

/** The part of selection and place that a new document still has. */
function stillThere(state: EditorState, next: ProtocolDocument) {
  const nodes = new Set([...next.nodes.map((node) => node.id), ...annotationKeys(next)]);
  const edges = new Set(next.edges.map((edge) => edge.id));
  return {
    inside: state.inside !== undefined && nodes.has(state.inside) ? state.inside : undefined,
    selectedNodes: only(state.selectedNodes, nodes),
    selectedEdges: only(state.selectedEdges, edges),
  };
}

/** The same list when nothing is missing: a selection that stays is no new selection. */
function only(ids: readonly string[], there: ReadonlySet<string>): readonly string[] {
  return ids.every((id) => there.has(id)) ? ids : ids.filter((id) => there.has(id));
}

export const isDirty = (state: EditorState): boolean => state.document !== state.saved;
