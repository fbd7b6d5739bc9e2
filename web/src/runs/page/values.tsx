import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RunPageQuery } from '../../api/gql/graphql';
import type { RunFeed } from '../live/run-feed';
import { valueText } from '../live/value-text';

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

/** What was chosen at the start. */
export function Parameters({ run }: { run: Run }) {
  const { t } = useTranslation();
  const chosen = (run.parameters ?? {}) as Record<string, unknown>;
  const rows = run.protocolVersion.check.parameters.map((parameter) => {
    const { name, label, unit } = parameter;
    const value = valueText(chosen[name] ?? parameter.default);
    return {
      key: name,
      name: label || name,
      value: unit ? `${value} ${unit}` : value,
      where: name in chosen ? t('runs.chosen') : t('runs.default'),
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
  rows: { key: string; name: string; value: string; where: string }[];
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
        {rows.map(({ key, name, value, where }) => (
          <Table.Tr key={key}>
            <Table.Th fw={500}>{name}</Table.Th>
            <Table.Td ta="end">{value}</Table.Td>
            <Table.Td c="dimmed">{where}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
