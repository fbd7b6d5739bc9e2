import { useEffect, useState } from 'react';
import { useEditor } from '../context';
import { sameDocument } from '../model/diff';
import type { ProtocolDocument } from '../model/document';
import { documentShape } from '../model/shape';

/** What was drawn and not saved, kept in the browser against a crash. */
export interface Draft {
  document: ProtocolDocument;
  /** Of the version it was drawn on. */
  number: number;
  /** When it was last changed. */
  at: string;
}

const keyOf = (id: string | null) => `lics.draft.${id ?? 'new'}`;

/** How long a drawing must be left alone before it is kept, in milliseconds. */
const calm = 500;

/** Keeps what is not saved in the browser, and gives what an earlier visit left there. */
export function useDraft(): { found: Draft | null; restore: () => void; discard: () => void } {
  const { store } = useEditor();
  const [found, setFound] = useState(() => {
    const { source, document } = store.getState();
    const draft = read(keyOf(source.id));
    return draft && !sameDocument(draft.document, document) ? draft : null;
  });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = store.subscribe((state, before) => {
      if (state.document === before.document && state.saved === before.saved) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        const { document, saved, source } = store.getState();
        if (document === saved) forget(source.id);
        else keep(source.id, { document, number: source.number, at: new Date().toISOString() });
      }, calm);
      if (state.document === state.saved) {
        forget(before.source.id);
        forget(state.source.id);
      }
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [store]);
  return {
    found,
    restore: () => {
      if (found) {
        const { edit, rebase, source, saved } = store.getState();
        edit(() => found.document);
        // What others saved since is not overwritten: the next save says that they did.
        if (saved) rebase({ ...source, number: found.number }, saved);
      }
      setFound(null);
    },
    discard: () => {
      forget(store.getState().source.id);
      setFound(null);
    },
  };
}

export function forget(id: string | null): void {
  localStorage.removeItem(keyOf(id));
}

function keep(id: string | null, draft: Draft): void {
  try {
    localStorage.setItem(keyOf(id), JSON.stringify(draft));
  } catch {
    // The browser has no room: the guard before leaving is still there.
  }
}

function read(key: string): Draft | null {
  try {
    const draft = JSON.parse(localStorage.getItem(key) ?? 'null') as Partial<Draft> | null;
    return documentShape.safeParse(draft?.document).success ? (draft as Draft) : null;
  } catch {
    return null;
  }
}
