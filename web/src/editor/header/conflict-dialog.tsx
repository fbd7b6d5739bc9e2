import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Time } from '../../ui/time';
import { useEditor, useEditorState } from '../context';
import { Comparison } from '../history/comparison';
import type { Saving } from './use-save';

/** Somebody saved another version meanwhile: what it is, and what can be done now. */
export function ConflictDialog({ saving }: { saving: Saving }) {
  const { t } = useTranslation();
  const { store } = useEditor();
  const document = useEditorState((state) => state.document);
  const { conflict: theirs, settle, save } = saving;
  if (!theirs) return null;
  return (
    <Modal opened onClose={settle} size="90%" title={t('editor.conflict.title')}>
      <Stack gap="sm">
        <Text size="sm">
          {t('editor.conflict.who', { who: theirs.createdBy, number: theirs.source.number })}{' '}
          <Time at={theirs.createdAt} ago />
          {theirs.note && ` “${theirs.note}”`}
        </Text>
        <Text size="sm">{t('editor.conflict.nothingLost')}</Text>
        <Comparison from={theirs.document} to={document} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={settle}>
            {t('editor.conflict.later')}
          </Button>
          <Button
            variant="default"
            onClick={() => {
              store.getState().open(theirs.document, theirs.document, theirs.source);
              settle();
            }}
          >
            {t('editor.conflict.takeTheirs')}
          </Button>
          <Button
            variant="default"
            onClick={() => {
              settle();
              void save({ as: t('editor.copyName', { name: document.name }) });
            }}
          >
            {t('editor.conflict.saveCopy')}
          </Button>
          <Button
            color="red"
            onClick={() => {
              store.getState().rebase(theirs.source, theirs.document);
              settle();
              void save({
                note: t('editor.conflict.rebaseNote', { number: theirs.source.number }),
              });
            }}
          >
            {t('editor.conflict.saveMine', { number: theirs.source.number })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
