import { type KeyboardEvent, useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Command, useCommands } from '../../app/commands';
import { focusCanvas, focusForm, focusSoon } from '../canvas/focus-node';
import { useEditor } from '../context';
import type { BelowTab, SideTab } from '../model/store';

/** Goes to the parts of the editor from the command palette, with the keyboard in them. */
export function usePlaces(): void {
  const { t } = useTranslation();
  const { store } = useEditor();
  useCommands(
    useMemo((): Command[] => {
      const group = t('editor.title');
      const side = (tab: SideTab) => () => {
        store.getState().show(tab);
        focusSoon(
          () =>
            element('#editor-side [role=tabpanel] :is(input, textarea)') ??
            element('#editor-side [role=tabpanel] button:enabled'),
        );
      };
      const below = (tab: BelowTab) => () => {
        store.getState().showBelow(tab);
        focusSoon(() => element('#editor-below [role=tab][aria-selected=true]'));
      };
      const toCanvas = () => focusCanvas(store.getState());
      const toForm = () => {
        store.getState().show('selection');
        focusForm();
      };
      return [
        { id: 'editor.canvas', label: t('editor.go.canvas'), group, run: toCanvas },
        { id: 'editor.form', label: t('editor.go.form'), group, run: toForm },
        { id: 'editor.roles', label: t('editor.go.roles'), group, run: side('roles') },
        { id: 'editor.values', label: t('editor.go.values'), group, run: side('values') },
        { id: 'editor.about', label: t('editor.go.about'), group, run: side('about') },
        { id: 'editor.problems', label: t('editor.go.problems'), group, run: below('problems') },
        { id: 'editor.dry-run', label: t('editor.go.dryRun'), group, run: below('dry-run') },
        { id: 'editor.versions', label: t('editor.go.versions'), group, run: below('versions') },
      ];
    }, [t, store]),
  );
}

const element = (selector: string) => window.document.querySelector<HTMLElement>(selector);

/** Escape leads from a form back to what it is about. */
export function useWayBack(): (event: KeyboardEvent<HTMLElement>) => void {
  const { store } = useEditor();
  return useCallback(
    (event) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      const target = event.target as HTMLElement;
      // It closes a list first.
      if (target.getAttribute('aria-expanded') === 'true') return;
      focusCanvas(store.getState());
    },
    [store],
  );
}
