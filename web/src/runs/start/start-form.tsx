import { Button, Group, NumberInput, Stack, Text, Title } from '@mantine/core';
import { IconPlayerPlay, IconPlus } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { FoundSelect } from '../../ui/found-select';
import { Surface } from '../../ui/surface';
import { ParameterForm } from './parameter-form';
import { inputOf, newRun, type PlannedRun, type Shared, takenBy } from './plan';
import { StartRun } from './queries';
import { type Result, RunRow } from './run-row';
import type { Chosen } from './use-source';

interface Checked {
  ok: boolean;
  fields: ReadonlyMap<string, string>;
}

/** Parameters for all, a row for each run, and the button. */
export function StartForm({
  chosen,
  subject,
  experiment: begunIn,
}: {
  chosen: Chosen;
  /** Of the first run, when a page of a subject led here. */
  subject: string | null;
  /** Of all runs, when a page of an experiment led here. */
  experiment: string | null;
}) {
  const { t } = useTranslation();
  const client = useClient();
  const navigate = useNavigate();
  const [parameters, setParameters] = useState<Record<string, unknown>>({});
  const [seed, setSeed] = useState<number | null>(null);
  const [experiment, setExperiment] = useState(begunIn);
  const [runs, setRuns] = useState<PlannedRun[]>(() => [{ ...newRun(), subject }]);
  const [checked, setChecked] = useState<ReadonlyMap<string, Checked>>(new Map());
  const [results, setResults] = useState<ReadonlyMap<string, Result>>(new Map());
  const { check } = chosen;
  // What is started is what was looked at, also when there is a newer version meanwhile.
  const [source] = useState(chosen.source);
  const shared = useMemo<Shared>(
    () => ({ source, parameters, seed, experiment }),
    [source, parameters, seed, experiment],
  );

  const onChecked = useCallback(
    (key: string, ok: boolean, fields: ReadonlyMap<string, string>) =>
      setChecked((all) => new Map(all).set(key, { ok, fields })),
    [],
  );
  const isStarted = (key: string) => {
    const result = results.get(key);
    return typeof result === 'object' && 'run' in result;
  };
  const waiting = runs.filter(({ key }) => !isStarted(key));
  const ready = waiting.length > 0 && waiting.every(({ key }) => checked.get(key)?.ok);
  const busy = [...results.values()].includes('starting');
  const errorOf = (name: string) =>
    [...checked.values()].map(({ fields }) => fields.get(`parameters.${name}`)).find(Boolean);

  const startAll = async () => {
    for (const run of waiting) {
      setResults((all) => new Map(all).set(run.key, 'starting'));
      const answer = await client.mutation(StartRun, { input: inputOf(run, shared) }).toPromise();
      const id = answer.data?.startRun.run.id;
      if (id !== undefined && runs.length === 1) {
        await navigate({ to: '/runs/$runId', params: { runId: id } });
        return;
      }
      setResults((all) => {
        const next = new Map(all);
        if (id !== undefined) next.set(run.key, { run: id });
        else if (answer.error) next.set(run.key, { error: answer.error });
        else next.delete(run.key);
        return next;
      });
    }
  };

  return (
    <Stack gap="md">
      {check.parameters.length > 0 ? (
        <Surface p="md">
          <Title order={2} size="h3" mb="sm">
            {t('runs.parameters')}
          </Title>
          <ParameterForm
            parameters={check.parameters}
            values={parameters}
            onChange={setParameters}
            errorOf={errorOf}
          />
        </Surface>
      ) : null}
      {runs.map((run, i) => (
        <RunRow
          key={run.key}
          number={i + 1}
          run={run}
          shared={shared}
          roles={check.roles}
          taken={takenBy(runs, run.key)}
          result={results.get(run.key)}
          onChange={(next) => setRuns((all) => all.map((r) => (r.key === next.key ? next : r)))}
          onRemove={
            runs.length > 1
              ? () => setRuns((all) => all.filter(({ key }) => key !== run.key))
              : undefined
          }
          onChecked={onChecked}
        />
      ))}
      <Group justify="space-between" align="flex-end">
        <Group align="flex-end">
          <Button
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => setRuns((all) => [...all, newRun()])}
          >
            {t('runs.start.another')}
          </Button>
          <FoundSelect
            kind="experiment"
            label={t('runs.experiment')}
            placeholder={t('runs.start.noExperiment')}
            clearable
            clearButtonProps={{ 'aria-label': t('runs.start.clear') }}
            w={220}
            value={experiment}
            onChange={setExperiment}
          />
          <NumberInput
            label={t('runs.seed')}
            placeholder={t('runs.start.seedMadeUp')}
            allowDecimal={false}
            min={0}
            max={Number.MAX_SAFE_INTEGER}
            hideControls
            w={200}
            value={seed ?? ''}
            onChange={(next) => setSeed(typeof next === 'number' ? next : null)}
          />
        </Group>
        <Group>
          <Text size="sm" c="dimmed">
            {ready ? t('runs.start.ready', { count: waiting.length }) : t('runs.start.notReady')}
          </Text>
          <Button
            size="md"
            leftSection={<IconPlayerPlay size={18} aria-hidden />}
            disabled={!ready}
            loading={busy}
            onClick={() => void startAll()}
          >
            {t('runs.start.go', { count: Math.max(1, waiting.length) })}
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}
