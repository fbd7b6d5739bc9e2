import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { Catalogue } from './model/catalogue';
import type { EditorActions, EditorState, EditorStore } from './model/store';

export interface Editor {
  store: EditorStore;
  catalogue: Catalogue;
}

export const EditorContext = createContext<Editor | null>(null);

export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (!editor) throw new Error('not inside an editor');
  return editor;
}

/** A part of the editor's state; choose as little as is shown. */
export function useEditorState<T>(select: (state: EditorState & EditorActions) => T): T {
  return useStore(useEditor().store, select);
}
