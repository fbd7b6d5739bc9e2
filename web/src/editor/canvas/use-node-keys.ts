import { type FocusEvent, type KeyboardEvent, useMemo } from 'react';
import { useEditor } from '../context';
import { kindOf } from '../model/catalogue';
import { entryId } from './flow';

const firstField = '#editor-form :is(input, textarea, [contenteditable="true"])';

/** What the keyboard does on a node it has come to. */
export function useNodeKeys() {
  const { store, catalogue } = useEditor();
  return useMemo(
    () => ({
      /** It is selected, so that its form shows. */
      onFocus: ({ target }: FocusEvent<HTMLElement>) => {
        const id = target.matches('.react-flow__node:focus-visible') && target.dataset.id;
        const { selectedNodes, select } = store.getState();
        if (id && id !== entryId && !selectedNodes.includes(id)) select([id]);
      },
      /** Enter opens a container, and leads to the form of everything else. */
      onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
        const target = event.target as HTMLElement;
        if (event.key !== 'Enter' || !target.classList.contains('react-flow__node')) return;
        const { document, enter } = store.getState();
        const node = document.nodes.find((each) => each.id === target.dataset.id);
        if (!node) return;
        event.preventDefault();
        if (kindOf(catalogue, node).container && !event.shiftKey) enter(node.id);
        else window.document.querySelector<HTMLElement>(firstField)?.focus();
      },
    }),
    [store, catalogue],
  );
}
