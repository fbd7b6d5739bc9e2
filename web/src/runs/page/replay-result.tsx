import { Alert, Stack, Table, Text } from '@mantine/core';
import { IconArrowsSplit2, IconEqual } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ReplayRunPageQuery } from '../../api/gql/graphql';
import { clockText } from '../../plot/raster/window';
import { durationText } from '../../ui/duration-text';
import { Time } from '../../ui/time';

type Answer = ReplayRunPageQuery['replayRun'];
type Difference = NonNullable<Answer['difference']>;
type Fact = Difference['before'][number];

/** All came out again, or the first that did not, beside what is recorded. */
export function ReplayResult({
  answer,
  nameOf,
}: {
  answer: Answer;
  nameOf: (node: string) => string;
}) {
  const { t } = useTranslation();
  const { same, difference, decisions, inputs, draws, events, interrupted } = answer;
  return (
    <Stack gap="sm">
      {difference ? (
        <Alert
          color="orange"
          icon={<IconArrowsSplit2 aria-hidden />}
          title={t('runs.replay.different')}
        >
          {[
            nameOf(difference.node) || t('runs.replay.session'),
            ...(difference.role ? [difference.role] : []),
            ...(difference.trial > 0 ? [t('runs.replay.trial', { number: difference.trial })] : []),
            t('runs.replay.after', { time: durationText(difference.elapsedNs / 1e6) }),
          ].join(' · ')}
          {' · '}
          <Time at={difference.at} bare />
        </Alert>
      ) : null}
      {same ? (
        <Alert color="green" icon={<IconEqual aria-hidden />} title={t('runs.replay.same')}>
          {t('runs.replay.sameWhy', { decisions, draws, events, inputs })}
        </Alert>
      ) : null}
      {difference ? <SideBySide difference={difference} nameOf={nameOf} /> : null}
      {interrupted > 0 ? (
        <Text size="sm" c="dimmed">
          {t('runs.replay.interrupted', { count: interrupted })}
        </Text>
      ) : null}
    </Stack>
  );
}

function SideBySide({
  difference,
  nameOf,
}: {
  difference: Difference;
  nameOf: (node: string) => string;
}) {
  const { t } = useTranslation();
  const { before, expected, got } = difference;
  const words = (fact: Fact | null) => {
    if (!fact) return t('runs.replay.nothing');
    const node = fact.node ? nameOf(fact.node) : '';
    return `${fact.kind} ${fact.text}${node && node !== fact.text ? ` (${node})` : ''}`;
  };
  const time = (fact: Fact | null) => (fact && fact.atNs > 0 ? clockText(fact.atNs / 1e6, 1) : '');
  return (
    <Table.ScrollContainer minWidth={480}>
      <Table aria-label={t('runs.replay.sideBySide')} verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w="7em">{t('plot.time')}</Table.Th>
            <Table.Th>{t('runs.replay.recorded')}</Table.Th>
            <Table.Th w="7em">{t('plot.time')}</Table.Th>
            <Table.Th>{t('runs.replay.replayed')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {before.map((fact, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the rows have no identity, and no state
            <Table.Tr key={i} c="dimmed">
              <Table.Td>{time(fact)}</Table.Td>
              <Table.Td>{words(fact)}</Table.Td>
              <Table.Td>{time(fact)}</Table.Td>
              <Table.Td>{words(fact)}</Table.Td>
            </Table.Tr>
          ))}
          <Table.Tr fw={600}>
            <Table.Td>{time(expected)}</Table.Td>
            <Table.Td>{words(expected)}</Table.Td>
            <Table.Td>{time(got)}</Table.Td>
            <Table.Td>{words(got)}</Table.Td>
          </Table.Tr>
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
