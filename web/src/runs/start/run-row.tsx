import { ActionIcon, Alert, Group, Loader, SimpleGrid, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconTrash } from '@tabler/icons-react';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type CombinedError, useQuery } from 'urql';
import { problem } from '../../api/problem';
import { FoundSelect } from '../../ui/found-select';
import { AnchorLink } from '../../ui/router-link';
import { Surface } from '../../ui/surface';
import { CheckList } from './check-list';
import { DevicePicker } from './device-picker';
import { type Binding, inputOf, type PlannedRun, type Shared } from './plan';
import { CheckRunQuery } from './queries';
import type { Check } from './use-source';

/** What came of a start. */
export type Result = { run: string } | { error: CombinedError } | 'starting';

interface Props {
  number: number;
  run: PlannedRun;
  shared: Shared;
  roles: Check['roles'];
  taken: ReadonlySet<string>;
  result: Result | undefined;
  onChange: (run: PlannedRun) => void;
  onRemove: (() => void) | undefined;
  /** Whether it can start, and what is wrong with which field. */
  onChecked: (key: string, ok: boolean, fields: ReadonlyMap<string, string>) => void;
}

const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** One run: who, where, and what speaks against it. */
export function RunRow(props: Props) {
  const { number, run, shared, roles, taken, result, onChange, onRemove } = props;
  const { t } = useTranslation();
  const input = useMemo(() => inputOf(run, shared), [run, shared]);
  const [checkedInput] = useDebouncedValue(input, 250);
  const [{ data, error, fetching }] = useQuery({
    query: CheckRunQuery,
    variables: { input: checkedInput, timeZone },
    requestPolicy: 'network-only',
  });
  const check = data?.checkRun;
  const ok = (check?.ok ?? false) && checkedInput === input && !fetching;
  const { onChecked } = props;
  useEffect(() => {
    const fields = new Map(
      check?.checks
        .filter(({ severity, field }) => severity === 'BLOCKS' && field)
        .map(({ field, message }) => [field, message] as const),
    );
    onChecked(run.key, ok, fields);
  }, [onChecked, run.key, ok, check]);

  const bind = (role: string, binding: Binding | undefined) => {
    const { [role]: _, ...others } = run.bindings;
    onChange({ ...run, bindings: binding ? { ...others, [role]: binding } : others });
  };
  const started = typeof result === 'object' && 'run' in result ? result.run : null;
  return (
    <Surface p="md">
      <Stack gap="sm" role="group" aria-label={t('runs.start.row', { number })}>
        <SimpleGrid cols={{ base: 1, sm: Math.min(3, roles.length + 1) }} spacing="md">
          <FoundSelect
            kind="subject"
            label={t('runs.subject')}
            placeholder={t('runs.start.noSubject')}
            clearable
            clearButtonProps={{ 'aria-label': t('runs.start.clear') }}
            disabled={started !== null}
            value={run.subject}
            onChange={(subject) => onChange({ ...run, subject, overrides: [] })}
          />
          {roles.map(({ name }) => (
            <DevicePicker
              key={name}
              source={shared.source}
              role={name}
              taken={taken}
              binding={run.bindings[name]}
              onChange={(binding) => bind(name, binding)}
            />
          ))}
        </SimpleGrid>
        <Group justify="space-between" align="flex-start" wrap="nowrap">
          <div>
            {started !== null ? (
              <AnchorLink to="/runs/$runId" params={{ runId: started }}>
                {t('runs.start.started')}
              </AnchorLink>
            ) : check ? (
              <CheckList
                checks={check.checks}
                overrides={run.overrides}
                onOverride={(overrides) => onChange({ ...run, overrides })}
              />
            ) : error ? (
              <Text size="sm" c="red">
                {problem(error).message || t('ui.error.network')}
              </Text>
            ) : (
              <Loader size="xs" aria-label={t('ui.loading')} />
            )}
          </div>
          {onRemove && started === null ? (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('runs.start.remove', { number })}
              onClick={onRemove}
            >
              <IconTrash size={17} aria-hidden />
            </ActionIcon>
          ) : null}
        </Group>
        {typeof result === 'object' && 'error' in result ? (
          <Alert color="red" title={t('runs.start.notStarted')}>
            {problem(result.error).message || t('ui.error.network')}
          </Alert>
        ) : null}
      </Stack>
    </Surface>
  );
}
