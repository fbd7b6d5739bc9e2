import { Button, Group, Modal, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../context';
import type { Saving } from '../header/use-save';
import { isDirty } from '../model/store';
import { forget } from './draft';

/** Asks before a drawing is left that was not saved. */
export function LeaveGuard({ save }: Pick<Saving, 'save'>) {
  const { t } = useTranslation();
  const { store } = useEditor();
  // A drawing nobody touched is nothing to lose, even when it was never saved.
  const touched = () =>
    isDirty(store.getState()) && store.temporal.getState().pastStates.length > 0;
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => touched() && current.pathname !== next.pathname,
    enableBeforeUnload: touched,
    withResolver: true,
  });
  if (blocker.status !== 'blocked') return null;
  const { proceed, reset } = blocker;
  return (
    <Modal opened onClose={reset} title={t('editor.leave.title')}>
      <Text size="sm" mb="md">
        {t('editor.leave.text')}
      </Text>
      <Group justify="flex-end" gap="xs">
        <Button
          variant="default"
          onClick={() => {
            forget(store.getState().source.id);
            proceed();
          }}
        >
          {t('editor.leave.drop')}
        </Button>
        <Button variant="default" onClick={reset}>
          {t('editor.leave.stay')}
        </Button>
        <Button
          onClick={async () => {
            if (await save({ leaving: true })) proceed();
            else reset();
          }}
        >
          {t('editor.leave.save')}
        </Button>
      </Group>
    </Modal>
  );
}
