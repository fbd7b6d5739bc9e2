import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { graphql } from '../../api/gql';
import { ErrorState } from '../../ui/error-state';
import { LoadingState } from '../../ui/loading-state';
import { notifyDone, notifyFailed } from '../../ui/notify';
import { useEditor, useEditorState } from '../context';
import type { Difference } from '../model/diff';
import type { ProtocolDocument } from '../model/document';
import { Comparison } from './comparison';

const DiffQuery = graphql(`
  query EditorDiff($from: ID!, $to: ID!) {
    protocolDiff(from: $from, to: $to) {
      from { id number note document }
      to { id number document }
      changes { kind object id field before after }
    }
  }
`);

const RestoreMutation = graphql(`
  mutation EditorRestore($input: RestoreVersionInput!) {
    restoreVersion(input: $input) {
      protocol { id latestNumber }
      version { id number document }
    }
  }
`);

/** What happened between an older version and the latest one, and the way back. */
export function VersionDialog({
  id,
  latest,
  onClose,
  onRestored,
}: {
  id: string;
  latest: string;
  onClose: () => void;
  onRestored: () => void;
}) {
  const { t } = useTranslation();
  const { store } = useEditor();
  const source = useEditorState((state) => state.source);
  const dirty = useEditorState((state) => state.document !== state.saved);
  const [{ data, error }, ask] = useQuery({
    query: DiffQuery,
    variables: { from: id, to: latest },
  });
  const [{ fetching }, restore] = useMutation(RestoreMutation);
  const [sure, setSure] = useState(false);
  const diff = data?.protocolDiff;
  const changes = useMemo(
    () =>
      diff?.changes.map((change) => ({
        kind: change.kind.toLowerCase() as Difference['kind'],
        object: change.object as Difference['object'],
        id: change.id,
        text: change.field
          ? `${change.field}: ${brief(change.before)} → ${brief(change.after)}`
          : '',
      })),
    [diff],
  );
  const goBack = async () => {
    const answer = await restore({ input: { version: id, expected: source.number } });
    if (!answer.data) {
      if (answer.error) notifyFailed(t('editor.history.notRestored'), answer.error);
      return;
    }
    const { protocol, version } = answer.data.restoreVersion;
    const document = version.document as ProtocolDocument;
    store.getState().open(document, document, { id: protocol.id, number: version.number });
    notifyDone(t('editor.savedAs', { number: version.number }));
    onRestored();
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="90%"
      title={diff ? t('editor.history.between', diffNumbers(diff)) : t('editor.history.title')}
    >
      {error && <ErrorState error={error} retry={ask} />}
      {!diff && !error && <LoadingState />}
      {diff && (
        <Stack gap="sm">
          <Comparison
            from={diff.from.document as ProtocolDocument}
            to={diff.to.document as ProtocolDocument}
            changes={changes}
          />
          <Group justify="flex-end" gap="xs">
            {dirty && sure && (
              <Text size="sm" c="red" role="alert">
                {t('editor.history.losesChanges')}
              </Text>
            )}
            <Button variant="default" onClick={onClose}>
              {t('editor.close')}
            </Button>
            {id !== latest && (
              <Button
                loading={fetching}
                color={dirty && sure ? 'red' : 'session'}
                onClick={() => (dirty && !sure ? setSure(true) : void goBack())}
              >
                {t('editor.history.restore', { number: diff.from.number })}
              </Button>
            )}
          </Group>
        </Stack>
      )}
    </Modal>
  );
}

const diffNumbers = (diff: { from: { number: number }; to: { number: number } }) => ({
  from: diff.from.number,
  to: diff.to.number,
});

/** A value of JSON in a line. */
function brief(value: unknown): string {
  if (value === null || value === undefined) return '∅';
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
