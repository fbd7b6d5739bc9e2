import { Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunPageQuery } from '../../api/gql/graphql';
import type { RunFeed } from '../live/run-feed';
import { valueText } from '../live/value-text';
import { LiveParameter } from './live-parameter';

type Run = NonNullable<RunPageQuery['run']>;

/** The present values of variables. */
export function Variables({ feed }: { feed: RunFeed; version: number }) {
  const { t } = useTranslation();
  const rows = [...feed.variables].map(([key, { node, name, value }]) => ({
    key,
    name,
    value,
    where: node ? feed.names.label(node) : '',
  }));
  return <Values label={t('runs.variables')} none={t('runs.noVariables')} rows={rows} />;
}

/** What was chosen at the start, and what was changed since. */
export function Parameters({ run, feed }: { run: Run; feed: RunFeed; version: number }) {
  const { t } = useTranslation();
  const chosen = (run.parameters ?? {}) as Record<string, unknown>;
  const rows = run.protocolVersion.check.parameters.map((parameter) => {
    const { name, label, unit } = parameter;
    const changed = feed.parameters.get(name);
    const now = changed ?? chosen[name] ?? parameter.default;
    const value = valueText(now);
    const origin = name in chosen ? t('runs.chosen') : t('runs.default');
    const canChange = parameter.live && ['RUNNING', 'PAUSED'].includes(run.status);
    return {
      key: name,
      name: label || name,
      value: unit ? `${value} ${unit}` : value,
      where: changed === undefined ? origin : t('runs.live.changed'),
      action: canChange ? <LiveParameter run={run.id} parameter={parameter} value={now} /> : null,
    };
  });
  return <Values label={t('runs.parameters')} none={t('runs.noParameters')} rows={rows} />;
}

function Values({
  label,
  none,
  rows,
}: {
  label: string;
  none: string;
  rows: { key: string; name: string; value: string; where: string; action?: ReactNode }[];
}) {
  if (rows.length === 0) {
    return (
      <Text size="sm" c="dimmed" p="md">
        {none}
      </Text>
    );
  }
  return (
    <Table verticalSpacing={5} aria-label={label}>
      <Table.Tbody>
        {rows.map(({ key, name, value, where, action }) => (
          <Table.Tr key={key}>
            <Table.Th fw={500}>{name}</Table.Th>
            <Table.Td ta="end">{value}</Table.Td>
            <Table.Td c="dimmed">{where}</Table.Td>
            <Table.Td ta="end">{action}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
