import { useNavigate } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { graphql } from '../../api/gql';
import { problem } from '../../api/problem';
import { notifyDone, notifyFailed } from '../../ui/notify';
import { useEditor } from '../context';
import { handOver } from '../files/hand-over';
import type { ProtocolDocument } from '../model/document';
import type { Source } from '../model/store';

const SaveMutation = graphql(`
  mutation EditorSave($input: SaveProtocolInput!) {
    saveProtocol(input: $input) {
      protocol { id name latestNumber }
      version { id number hash note createdAt createdBy }
    }
  }
`);

const TheirsQuery = graphql(`
  query EditorTheirs($id: ID!) {
    protocol(id: $id) {
      id
      latestNumber
      latest { id number note createdAt createdBy document }
    }
  }
`);

/** The version somebody else saved meanwhile. */
export interface Theirs {
  source: Source;
  note: string;
  createdAt: string;
  createdBy: string;
  document: ProtocolDocument;
}

export interface SaveWish {
  note?: string;
  /** Save as another protocol of this name. */
  as?: string;
  /** Somebody leaves: do not lead to the page of what was saved. */
  leaving?: boolean;
}

export interface Saving {
  save: (wish?: SaveWish) => Promise<boolean>;
  saving: boolean;
  /** Set when the last save met a version of somebody else. */
  conflict: Theirs | null;
  settle: () => void;
}

/** Saves the document as a new version of its protocol. Nothing of others is ever overwritten. */
export function useSave(): Saving {
  const { t } = useTranslation();
  const { store } = useEditor();
  const client = useClient();
  const navigate = useNavigate();
  const [saving, setSaving] = useState(false);
  const [conflict, setConflict] = useState<Theirs | null>(null);

  const save = useCallback(
    async ({ note = '', as, leaving = false }: SaveWish = {}) => {
      const { document: drawn, source } = store.getState();
      const document = as === undefined ? drawn : { ...drawn, name: as };
      const known = as === undefined && source.id !== null;
      setSaving(true);
      const answer = await client
        .mutation(SaveMutation, {
          input: {
            document,
            name: document.name,
            note,
            ...(known && { id: source.id }),
            // A protocol that is not known yet must not be there under its name either.
            expected: known ? source.number : 0,
          },
        })
        .toPromise();
      if (!answer.data) {
        if (known && answer.error && problem(answer.error).code === 'CONFLICT') {
          const found = await client
            .query(TheirsQuery, { id: source.id ?? '' }, { requestPolicy: 'network-only' })
            .toPromise();
          const latest = found.data?.protocol?.latest;
          if (latest) {
            setConflict({
              source: { id: source.id, number: latest.number },
              note: latest.note,
              createdAt: latest.createdAt,
              createdBy: latest.createdBy,
              document: latest.document as ProtocolDocument,
            });
          }
        } else if (answer.error) notifyFailed(t('editor.notSaved'), answer.error);
        setSaving(false);
        return false;
      }
      setSaving(false);
      const { protocol, version } = answer.data.saveProtocol;
      if (document !== drawn) store.getState().edit(() => document);
      store.getState().markSaved(document, { id: protocol.id, number: version.number });
      notifyDone(t('editor.savedAs', { number: version.number }));
      if (protocol.id !== source.id && !leaving) {
        handOver(protocol.id, store);
        await navigate({
          to: '/editor/$protocolId',
          params: { protocolId: protocol.id },
          replace: source.id === null,
        });
      }
      return true;
    },
    [client, navigate, store, t],
  );
  return { save, saving, conflict, settle: useCallback(() => setConflict(null), []) };
}
