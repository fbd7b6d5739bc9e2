import { createContext, useContext } from 'react';

/** One thing the server says about the document. */
export interface Problem {
  code: string;
  severity: 'ERROR' | 'WARNING';
  node: string;
  port: string;
  edge: string;
  field: string;
  /** Of an expression, counted from 1; 0 when it does not apply. */
  column: number;
  message: string;
  hint: string;
}

export interface CheckState {
  problems: readonly Problem[];
  /** The document changed since. */
  stale: boolean;
  /** Why there is no answer. */
  failed: string | null;
}

export const CheckContext = createContext<CheckState>({ problems: [], stale: true, failed: null });

/** The node or edge whose form is shown. */
export const SubjectContext = createContext<{ node?: string; edge?: string }>({});

export const useCheck = (): CheckState => useContext(CheckContext);

/** What the server says about a field of the form that is shown. */
export function useFieldProblem(path: string): Problem | undefined {
  const { problems } = useCheck();
  const subject = useContext(SubjectContext);
  return problems.find(
    (each) =>
      each.field === path &&
      (subject.edge === undefined
        ? each.node === subject.node && !each.edge
        : each.edge === subject.edge),
  );
}
