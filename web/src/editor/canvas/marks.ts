import { createContext, useContext } from 'react';
import { type StoreApi, useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

export type Severity = 'ERROR' | 'WARNING';
export type DiffMark = 'added' | 'removed' | 'changed';

/** What is shown on nodes and wires beside themselves: it changes often, and each node reads its own part. */
export interface Marks {
  severity: ReadonlyMap<string, Severity>;
  edgeSeverity: ReadonlyMap<string, Severity>;
  active: ReadonlySet<string>;
  visited: ReadonlySet<string>;
  diff: ReadonlyMap<string, DiffMark>;
}

export const noMarks: Marks = {
  severity: new Map(),
  edgeSeverity: new Map(),
  active: new Set(),
  visited: new Set(),
  diff: new Map(),
};

export type MarksStore = StoreApi<Marks>;

export const createMarks = (): MarksStore => createStore<Marks>()(() => noMarks);

export const MarksContext = createContext<MarksStore>(createMarks());

/** The part of the marks that a node or a wire shows. */
export function useMarks<T>(select: (marks: Marks) => T): T {
  return useStore(useContext(MarksContext), select);
}
