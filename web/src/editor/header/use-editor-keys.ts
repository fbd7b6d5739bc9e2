import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcuts } from '../../app/shortcuts';
import { focusNode } from '../canvas/focus-node';
import { useEditor } from '../context';
import { noteKey } from '../model/annotations';
import { remove, removeAndReconnect } from '../model/operations';
import { pathTo } from '../model/tree';
import { useClipboard } from './use-clipboard';

/** The keys that people bring from other flow editors. */
export function useEditorKeys(): void {
  const { t } = useTranslation();
  const { store, catalogue } = useEditor();
  useClipboard();
  useShortcuts(
    useMemo(() => {
      const section = t('editor.title');
      const state = () => store.getState();
      const cut = () =>
        state().edit((now) => remove(now, state().selectedNodes, state().selectedEdges));
      return [
        {
          keys: 'mod+Z',
          label: t('editor.undo'),
          section,
          run: () => state().undo(),
        },
        {
          keys: 'mod+shift+Z',
          label: t('editor.redo'),
          section,
          run: () => state().redo(),
        },
        {
          keys: 'mod+Y',
          label: t('editor.redo'),
          section,
          run: () => state().redo(),
        },
        {
          keys: 'mod+A',
          label: t('editor.selectAll'),
          section,
          run: () =>
            state().select(
              [
                ...state().document.nodes.map(({ id, parent }) => ({ key: id, parent })),
                ...(state().document.notes ?? []).map(({ id, parent }) => ({
                  key: noteKey(id),
                  parent,
                })),
              ]
                .filter(({ parent }) => parent === state().inside)
                .map(({ key }) => key),
            ),
        },
        // The clipboard's own events are listened to, see useClipboard.
        { keys: 'mod+C', label: t('editor.copy'), section },
        { keys: 'mod+X', label: t('editor.cut'), section },
        { keys: 'mod+V', label: t('editor.paste'), section },
        { keys: 'Delete', label: t('editor.delete'), section, run: cut },
        { keys: 'Backspace', label: t('editor.delete'), section, run: cut },
        {
          keys: 'mod+Delete',
          label: t('editor.deleteReconnect'),
          section,
          run: () =>
            state().edit((now) => removeAndReconnect(catalogue, now, state().selectedNodes)),
        },
        {
          keys: 'alt+ArrowUp',
          label: t('editor.goOut'),
          section,
          run: () => {
            const left = state().inside;
            if (left === undefined) return;
            state().enter(pathTo(state().document, left).at(-2)?.id);
            state().select([left]);
            focusNode(left);
          },
        },
      ];
    }, [t, store, catalogue]),
  );
}
