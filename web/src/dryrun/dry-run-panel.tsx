import {
  Alert,
  Button,
  Collapse,
  Group,
  Progress,
  SegmentedControl,
  Stack,
  Text,
} from '@mantine/core';
import { IconAdjustments, IconPlayerPlay, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { problem } from '../api/problem';
import type { ProtocolDocument } from '../editor/model/document';
import { durationText } from '../ui/duration-text';
import { LoadingState } from '../ui/loading-state';
import { CohortView } from './cohort-view';
import { CohortResult, DocumentParameters, DryRunResult } from './queries';
import { SessionView } from './session-view';
import { firstSettings, inputOf } from './settings';
import { SettingsForm } from './settings-form';
import { useDryRun } from './use-dry-run';

interface Props {
  document: ProtocolDocument;
  /** The nodes that are at work at the time that is looked at. Keep it the same function. */
  onHighlight: (nodes: ReadonlySet<string>) => void;
}

/** Runs the drawing in virtual time: one animal step by step, or many to see how they are spread. */
export function DryRunPanel({ document, onHighlight }: Props) {
  const { t } = useTranslation();
  const [settings, setSettings] = useState(firstSettings);
  const [many, setMany] = useState(false);
  const [ranMany, setRanMany] = useState(false);
  const [open, setOpen] = useState(true);
  const run = useDryRun();
  const { id, progress, done, busy, error, diagnostics } = run;
  const [{ data: checked }] = useQuery({ query: DocumentParameters, variables: { document } });

  const start = () => {
    setRanMany(many);
    setOpen(false);
    void run.start(inputOf(settings, document, many));
  };
  const refused = error ? problem(error).message || t('ui.error.network') : null;
  return (
    <Stack gap="xs" py="xs">
      <Group px="sm" gap="xs">
        <SegmentedControl
          size="xs"
          aria-label={t('dryrun.how')}
          data={[
            { value: 'one', label: t('dryrun.one') },
            { value: 'many', label: t('dryrun.many') },
          ]}
          value={many ? 'many' : 'one'}
          onChange={(value) => setMany(value === 'many')}
        />
        <Button
          size="xs"
          variant="default"
          leftSection={<IconAdjustments size={15} aria-hidden />}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {t('dryrun.settings')}
        </Button>
        {busy ? (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconX size={15} aria-hidden />}
            onClick={run.cancel}
          >
            {t('dryrun.cancel')}
          </Button>
        ) : (
          <Button size="xs" leftSection={<IconPlayerPlay size={15} aria-hidden />} onClick={start}>
            {t('dryrun.start')}
          </Button>
        )}
        {progress ? (
          <Text size="sm" c="dimmed" role="status">
            {t(`dryrun.state.${progress.state}`)}
            {' · '}
            {ranMany
              ? t('dryrun.animalsDone', { done: progress.animalsDone, count: progress.animals })
              : t('dryrun.soFar', {
                  trials: progress.trialCount,
                  rewards: progress.rewardCount,
                  time: durationText(progress.virtualNs / 1e6),
                })}
          </Text>
        ) : null}
      </Group>
      {busy ? (
        <Progress
          mx="sm"
          size="xs"
          animated
          aria-label={t('dryrun.progress')}
          value={progress && ranMany ? (100 * progress.animalsDone) / progress.animals : 100}
        />
      ) : null}
      <Collapse expanded={open} px="sm">
        <SettingsForm
          settings={settings}
          many={many}
          parameters={checked?.checkProtocol.parameters ?? []}
          onChange={setSettings}
        />
      </Collapse>
      {refused ? (
        <Alert color="red" mx="sm" title={t('dryrun.notStarted')}>
          {refused}
        </Alert>
      ) : null}
      {progress?.error ? (
        <Alert color="red" mx="sm">
          {progress.error}
        </Alert>
      ) : null}
      {diagnostics.length > 0 ? (
        <Alert color="red" mx="sm" title={t('dryrun.hasErrors')}>
          {diagnostics.map(({ message, node }) => (
            <div key={`${node}/${message}`}>{message}</div>
          ))}
        </Alert>
      ) : null}
      {done && id !== null ? (
        ranMany ? (
          <Cohort key={id} id={id} />
        ) : (
          <Session key={id} id={id} onHighlight={onHighlight} />
        )
      ) : null}
    </Stack>
  );
}

function Session({ id, onHighlight }: { id: string; onHighlight: Props['onHighlight'] }) {
  const [{ data, fetching }] = useQuery({ query: DryRunResult, variables: { id } });
  const session = data?.dryRun?.session;
  if (session) return <SessionView session={session} onHighlight={onHighlight} />;
  return fetching ? <LoadingState /> : null;
}

function Cohort({ id }: { id: string }) {
  const [{ data, fetching }] = useQuery({ query: CohortResult, variables: { id } });
  const cohort = data?.dryRun?.cohort;
  if (cohort) return <CohortView cohort={cohort} />;
  return fetching ? <LoadingState /> : null;
}
