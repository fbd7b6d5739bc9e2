import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { notifyDone, notifyRefused } from '../../ui/notify';
import { useEditor } from '../context';
import { readDocument } from './transfer';

/** Opens a file in place of what is drawn; undo brings that back. */
export function useImport(): (file: File) => Promise<void> {
  const { t } = useTranslation();
  const { store } = useEditor();
  return useCallback(
    async (file) => {
      const read = readDocument(await file.text());
      if ('why' in read) {
        const { why, detail } = read;
        notifyRefused(
          t('editor.files.refused', { file: file.name }),
          t(`editor.files.${why}`, { detail }),
        );
        return;
      }
      store.getState().enter(undefined);
      store.getState().edit(() => read);
      notifyDone(t('editor.files.opened', { file: file.name }));
    },
    [store, t],
  );
}
