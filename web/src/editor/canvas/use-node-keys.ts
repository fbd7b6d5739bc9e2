import { type FocusEvent, type KeyboardEvent, useMemo } from 'react';
import { useEditor } from '../context';
import { kindOf } from '../model/catalogue';
import { entryId } from './flow';
import { focusForm } from './focus-node';

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
      /**
       * Enter opens a container, and leads to the form of everything else; with Shift to that of a
       * container. Before React Flow, for which Shift and Enter take a selected node out.
       */
      onKeyDownCapture: (event: KeyboardEvent<HTMLElement>) => {
        const target = event.target as HTMLElement;
        if (event.key !== 'Enter') return;
        const { document, enter, select } = store.getState();
        if (target.classList.contains('react-flow__edge')) {
          select([], [target.dataset.id ?? '']);
          return focusForm();
        }
        if (!target.classList.contains('react-flow__node')) return;
        if (target.dataset.id?.startsWith('#')) return focusForm();
        const node = document.nodes.find((each) => each.id === target.dataset.id);
        if (!node) return;
        event.preventDefault();
        event.stopPropagation();
        if (kindOf(catalogue, node).container && !event.shiftKey) return enter(node.id);
        select([node.id]);
        focusForm();
      },
    }),
    [store, catalogue],
  );
}
