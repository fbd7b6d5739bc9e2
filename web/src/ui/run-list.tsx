import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentType, graphql, readFragment } from '../api/gql';
import type { RunItemFragment } from '../api/gql/graphql';
import { type Column, DataTable } from './data-table';
import { Duration } from './duration';
import { LiveProgress } from './live-progress';
import { AnchorLink } from './router-link';
import { StatusBadge } from './status-badge';
import { Time } from './time';

const RunItem = graphql(`
  fragment RunItem on Run {
    id status protocolName outcome error createdAt startedAt endedAt
    subject { id name }
    devices { deviceId }
  }
`);

interface Props {
  label: string;
  runs: readonly FragmentType<typeof RunItem>[];
  /** What every row would say again. */
  without?: 'subject' | 'device';
  onEnd?: (() => void) | undefined;
}

/** Runs of something, latest first. */
export function RunList({ label, runs, without, onEnd }: Props) {
  const { t } = useTranslation();
  const columns = useMemo<Column<RunItemFragment>[]>(
    () =>
      [
        {
          key: 'protocol',
          header: t('ui.runs.run'),
          cell: (run: RunItemFragment) => (
            <>
              <AnchorLink to="/runs/$runId" params={{ runId: run.id }}>
                {run.protocolName}
              </AnchorLink>
              <Text size="xs" c="dimmed" hiddenFrom="sm">
                <Time at={run.startedAt ?? run.createdAt} ago />
              </Text>
              {run.error ? (
                <Text size="xs" c="dimmed" truncate title={run.error}>
                  {run.error}
                </Text>
              ) : null}
            </>
          ),
        },
        {
          key: 'status',
          header: t('ui.runs.status'),
          width: '8.5rem',
          cell: (run: RunItemFragment) => (
            <>
              <StatusBadge status={run.status} />
              <LiveProgress id={run.id} status={run.status} />
            </>
          ),
        },
        {
          key: 'subject',
          header: t('ui.runs.subject'),
          width: '9rem',
          from: 'tablet' as const,
          cell: (run: RunItemFragment) =>
            run.subject ? (
              <AnchorLink to="/subjects/$subjectId" params={{ subjectId: run.subject.id }}>
                {run.subject.name}
              </AnchorLink>
            ) : null,
        },
        {
          key: 'device',
          header: t('ui.runs.device'),
          width: '9rem',
          from: 'tablet' as const,
          cell: (run: RunItemFragment) => run.devices.map((d) => d.deviceId).join(', '),
        },
        {
          key: 'started',
          header: t('ui.runs.started'),
          width: '9rem',
          from: 'tablet' as const,
          cell: (run: RunItemFragment) => <Time at={run.startedAt ?? run.createdAt} ago />,
        },
        {
          key: 'took',
          header: t('ui.runs.took'),
          width: '8rem',
          from: 'laptop' as const,
          end: true,
          cell: (run: RunItemFragment) =>
            run.startedAt ? <Duration from={run.startedAt} to={run.endedAt} /> : null,
        },
      ].filter(({ key }) => key !== without),
    [t, without],
  );
  return (
    <DataTable
      label={label}
      columns={columns}
      rows={readFragment(RunItem, runs)}
      rowKey={(run) => run.id}
      onEnd={onEnd}
    />
  );
}
