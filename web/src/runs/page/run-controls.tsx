import { Button, Group, Menu, TextInput } from '@mantine/core';
import { modals } from '@mantine/modals';
import {
  IconAlertOctagon,
  IconChevronDown,
  IconHandStop,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type TypedDocumentNode, useClient } from 'urql';
import { graphql } from '../../api/gql';
import type { RunStatus } from '../../api/gql/graphql';
import { i18n } from '../../i18n/i18n';
import { notifyDone, notifyFailed } from '../../ui/notify';

const Pause = graphql(`
  mutation PauseRun($run: ID!, $reason: String) {
    pauseRun(input: { run: $run, reason: $reason }) { run { id status } }
  }
`);
const Resume = graphql(`
  mutation ResumeRun($run: ID!, $reason: String) {
    resumeRun(input: { run: $run, reason: $reason }) { run { id status } }
  }
`);
const Stop = graphql(`
  mutation StopRun($run: ID!, $reason: String) {
    stopRun(input: { run: $run, reason: $reason }) { run { id status endedAt } }
  }
`);
const Abort = graphql(`
  mutation AbortRun($run: ID!, $reason: String) {
    abortRun(input: { run: $run, reason: $reason }) { run { id status endedAt } }
  }
`);
const Halt = graphql(`
  mutation HaltRun($run: ID!, $reason: String) {
    haltRun(input: { run: $run, reason: $reason }) { run { id status endedAt } }
  }
`);

type Variables = { run: string; reason?: string | null };
type Action = 'pause' | 'resume' | 'stop' | 'abort' | 'halt';
const mutations: Record<Action, TypedDocumentNode<unknown, Variables>> = {
  pause: Pause,
  resume: Resume,
  stop: Stop,
  abort: Abort,
  halt: Halt,
};

/** Buttons that steer a run. Each asks first, and says what it does. */
export function RunControls({ id, status }: { id: string; status: RunStatus }) {
  const { t } = useTranslation();
  const client = useClient();
  if (!['STARTING', 'RUNNING', 'PAUSED'].includes(status)) return null;

  const send = (action: Action, reason: string) =>
    void client
      .mutation(mutations[action], { run: id, reason: reason || null })
      .toPromise()
      .then(({ error }) => {
        if (error) notifyFailed(i18n.t(`runs.control.${action}.failed`), error);
        else notifyDone(i18n.t(`runs.control.${action}.done`));
      });
  const ask = (action: Action) => {
    let reason = '';
    modals.openConfirmModal({
      title: t(`runs.control.${action}.title`),
      children: (
        <>
          {t(`runs.control.${action}.text`)}
          <TextInput
            mt="md"
            label={t('runs.control.reason')}
            onChange={(event) => {
              reason = event.currentTarget.value;
            }}
          />
        </>
      ),
      labels: { confirm: t(`runs.control.${action}.action`), cancel: t('ui.cancel') },
      confirmProps: action === 'abort' || action === 'halt' ? { color: 'red' } : {},
      onConfirm: () => send(action, reason.trim()),
    });
  };

  return (
    <Group gap="xs">
      {status === 'PAUSED' ? (
        <Button
          leftSection={<IconPlayerPlay size={16} aria-hidden />}
          onClick={() => send('resume', '')}
        >
          {t('runs.control.resume.action')}
        </Button>
      ) : (
        <Button
          variant="default"
          leftSection={<IconPlayerPause size={16} aria-hidden />}
          onClick={() => ask('pause')}
        >
          {t('runs.control.pause.action')}
        </Button>
      )}
      <Button
        variant="default"
        leftSection={<IconPlayerStop size={16} aria-hidden />}
        onClick={() => ask('stop')}
      >
        {t('runs.control.stop.action')}
      </Button>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button
            variant="default"
            color="red"
            rightSection={<IconChevronDown size={14} aria-hidden />}
          >
            {t('runs.control.more')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconHandStop size={16} aria-hidden />}
            onClick={() => ask('abort')}
          >
            {t('runs.control.abort.action')}
          </Menu.Item>
          <Menu.Item
            color="red"
            leftSection={<IconAlertOctagon size={16} aria-hidden />}
            onClick={() => ask('halt')}
          >
            {t('runs.control.halt.action')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
