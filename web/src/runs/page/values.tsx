import { Table, Text } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { RunPageParametersQuery, RunPageQuery } from '../../api/gql/graphql';
import { LoadingState } from '../../ui/loading-state';
import { Time } from '../../ui/time';
import type { RunFeed } from '../live/run-feed';
import { useLook } from '../live/use-look';
import { valueText } from '../live/value-text';
import { LiveParameter } from './live-parameter';
import { ParametersQuery } from './run-query';

type Run = NonNullable<RunPageQuery['run']>;

/** The present values of variables. */
export function Variables({ feed }: { feed: RunFeed }) {
  const { t } = useTranslation();
  useLook(feed);
  const rows = [...feed.variables].map(([key, { node, name, value }]) => ({
    key,
    name,
    value,
    where: node ? feed.names.label(node) : '',
  }));
  return <Values label={t('runs.variables')} none={t('runs.noVariables')} rows={rows} />;
}

/** The values of parameters as they are now, and who changed them last. */
export function Parameters({ run, feed }: { run: Run; feed: RunFeed }) {
  const { t } = useTranslation();
  useLook(feed);
  const { changes } = feed;
  const [{ data }, ask] = useQuery({ query: ParametersQuery, variables: { id: run.id } });
  useEffect(() => {
    if (changes > 0) ask({ requestPolicy: 'network-only' });
  }, [changes, ask]);
  const declared = new Map(run.protocolVersion.check.parameters.map((p) => [p.name, p]));
  const live = ['RUNNING', 'PAUSED'].includes(run.status);
  const rows = (data?.run?.currentParameters ?? []).map((now) => {
    const parameter = declared.get(now.name);
    const value = valueText(now.value);
    return {
      key: now.name,
      name: parameter?.label || now.name,
      value: parameter?.unit ? `${value} ${parameter.unit}` : value,
      where: <Origin of={now} />,
      action:
        live && parameter?.live ? (
          <LiveParameter run={run.id} parameter={parameter} value={now.value} />
        ) : null,
    };
  });
  if (!data) return <LoadingState />;
  return <Values label={t('runs.parameters')} none={t('runs.noParameters')} rows={rows} />;
}

type Parameter = NonNullable<RunPageParametersQuery['run']>['currentParameters'][number];

function Origin({ of }: { of: Parameter }) {
  const { t } = useTranslation();
  if (of.origin !== 'CHANGED' || !of.changedAt) return t(`runs.origin.${of.origin}`);
  return (
    <>
      {t('runs.origin.CHANGED', { by: of.changedBy })} <Time at={of.changedAt} bare />
      {of.reason ? `: ${of.reason}` : ''}
    </>
  );
}

function Values({
  label,
  none,
  rows,
}: {
  label: string;
  none: string;
  rows: { key: string; name: string; value: string; where: ReactNode; action?: ReactNode }[];
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
