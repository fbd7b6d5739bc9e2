import { useNavigate } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { graphql } from '../../api/gql';
import { notifyDone, notifyFailed } from '../../ui/notify';
import { useEditor } from '../context';
import type { Opened } from '../editor-view';

const SaveMutation = graphql(`
  mutation EditorSave($input: SaveProtocolInput!) {
    saveProtocol(input: $input) {
      protocol { id name latestNumber }
      version { id number hash note createdAt document }
    }
  }
`);

/** Saves the document as a new version of its protocol. */
export function useSave(opened: Opened) {
  const { t } = useTranslation();
  const { store } = useEditor();
  const client = useClient();
  const navigate = useNavigate();
  const [saving, setSaving] = useState(false);
  const [protocol, setProtocol] = useState({ id: opened.id, number: opened.number });
  const save = useCallback(
    async (note = '') => {
      const { document } = store.getState();
      setSaving(true);
      const answer = await client
        .mutation(SaveMutation, {
          input: {
            document,
            name: document.name,
            note,
            ...(protocol.id === null ? {} : { id: protocol.id }),
            expected: protocol.number,
          },
        })
        .toPromise();
      setSaving(false);
      if (!answer.data) {
        if (answer.error) notifyFailed(t('editor.notSaved'), answer.error);
        return false;
      }
      const { protocol: now, version } = answer.data.saveProtocol;
      store.getState().markSaved(document);
      setProtocol({ id: now.id, number: version.number });
      notifyDone(t('editor.savedAs', { number: version.number }));
      if (protocol.id === null) {
        await navigate({
          to: '/editor/$protocolId',
          params: { protocolId: now.id },
          replace: true,
        });
      }
      return true;
    },
    [client, navigate, protocol, store, t],
  );
  return { save, saving, protocol };
}
