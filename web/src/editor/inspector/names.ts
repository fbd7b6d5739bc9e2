import { createContext, useContext, useMemo } from 'react';
import { useEditorState } from '../context';
import type { DocumentNode } from '../model/document';
import type { FieldSchema } from '../model/form';
import { namesFor, type Scope } from '../model/names';

/** The node whose data, or whose outgoing transition, is edited. */
export const ScopeContext = createContext<DocumentNode | undefined>(undefined);

export function useScope(): Scope {
  const document = useEditorState((state) => state.document);
  const node = useContext(ScopeContext);
  return useMemo(() => ({ document, node }), [document, node]);
}

export function useNames(form: NonNullable<FieldSchema['x-lics']>): string[] {
  const scope = useScope();
  return useMemo(() => namesFor(form, scope), [form, scope]);
}
