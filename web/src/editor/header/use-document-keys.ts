import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type Command, useCommands } from '../../app/commands';
import { useShortcuts } from '../../app/shortcuts';
import { announce } from '../announce';
import { useGoTo } from '../canvas/use-go-to';
import { useCheck } from '../check/check-context';
import { useEditor } from '../context';
import { download, pickFile } from '../files/transfer';
import { useImport } from '../files/use-import';
import { useArrange } from './use-arrange';
import type { Saving } from './use-save';

/** What is done with the document as a whole, by key and from the command palette. */
export function useDocumentKeys(save: Saving['save']): void {
  const { t } = useTranslation();
  const { store } = useEditor();
  const { problems } = useCheck();
  const current = useRef({ problems, at: -1 });
  current.current.problems = problems;
  const open = useImport();
  const arrange = useArrange();
  const go = useGoTo();
  const actions = useMemo(
    () => ({
      save: () => void save(),
      import: () => pickFile((file) => void open(file)),
      export: () => download(store.getState().document),
      nextProblem: () => {
        const { problems: all, at } = current.current;
        if (all.length === 0) return announce(t('editor.noProblems'));
        const next = (at + 1) % all.length;
        current.current.at = next;
        const problem = all[next];
        if (!problem) return;
        go(problem, true);
        announce(problem.message);
      },
    }),
    [save, open, store, go, t],
  );
  useShortcuts(
    useMemo(() => {
      const section = t('editor.title');
      return [
        { keys: 'mod+S', label: t('editor.save'), section, whileTyping: true, run: actions.save },
        { keys: 'mod+I', label: t('editor.import'), section, run: actions.import },
        { keys: 'mod+E', label: t('editor.export'), section, run: actions.export },
        {
          keys: 'F8',
          label: t('editor.nextProblem'),
          section,
          whileTyping: true,
          run: actions.nextProblem,
        },
      ];
    }, [t, actions]),
  );
  useCommands(
    useMemo((): Command[] => {
      const group = t('editor.title');
      const { undo, redo } = store.getState();
      return [
        { id: 'editor.save', label: t('editor.save'), group, run: actions.save },
        { id: 'editor.import', label: t('editor.import'), group, run: actions.import },
        { id: 'editor.export', label: t('editor.export'), group, run: actions.export },
        { id: 'editor.next', label: t('editor.nextProblem'), group, run: actions.nextProblem },
        { id: 'editor.arrange', label: t('editor.arrangeAll'), group, run: arrange.all },
        { id: 'editor.undo', label: t('editor.undo'), group, run: () => undo() },
        { id: 'editor.redo', label: t('editor.redo'), group, run: () => redo() },
      ];
    }, [t, store, actions, arrange]),
  );
}
