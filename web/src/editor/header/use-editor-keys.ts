import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcuts } from '../../app/shortcuts';
import { useEditor } from '../context';
import { copy, paste, readClip, remove, removeAndReconnect } from '../model/operations';
import { pathTo } from '../model/tree';

/** The keys that people bring from other flow editors. */
export function useEditorKeys(): void {
  const { t } = useTranslation();
  const { store, catalogue } = useEditor();
  useShortcuts(
    useMemo(() => {
      const section = t('editor.title');
      const state = () => store.getState();
      const put = async () => {
        const clip = readClip(await navigator.clipboard.readText());
        if (!clip) return;
        const change = paste(catalogue, state().document, clip, { parent: state().inside });
        state().edit(() => change.document);
        state().select(change.nodes);
      };
      const take = async () => {
        if (state().selectedNodes.length === 0) return;
        const clip = copy(state().document, state().selectedNodes);
        await navigator.clipboard.writeText(JSON.stringify(clip, null, 1));
      };
      const cut = () =>
        state().edit((now) => remove(now, state().selectedNodes, state().selectedEdges));
      return [
        {
          keys: 'mod+Z',
          label: t('editor.undo'),
          section,
          run: () => store.temporal.getState().undo(),
        },
        {
          keys: 'mod+shift+Z',
          label: t('editor.redo'),
          section,
          run: () => store.temporal.getState().redo(),
        },
        {
          keys: 'mod+Y',
          label: t('editor.redo'),
          section,
          run: () => store.temporal.getState().redo(),
        },
        {
          keys: 'mod+A',
          label: t('editor.selectAll'),
          section,
          run: () =>
            state().select(
              state()
                .document.nodes.filter((node) => node.parent === state().inside)
                .map((node) => node.id),
            ),
        },
        { keys: 'mod+C', label: t('editor.copy'), section, run: () => void take() },
        { keys: 'mod+X', label: t('editor.cut'), section, run: () => void take().then(cut) },
        { keys: 'mod+V', label: t('editor.paste'), section, run: () => void put() },
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
          run: () => state().enter(pathTo(state().document, state().inside).at(-2)?.id),
        },
      ];
    }, [t, store, catalogue]),
  );
}
