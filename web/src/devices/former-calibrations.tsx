import { Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { graphql } from '../api/gql';
import type { FormerCalibrationsQuery } from '../api/gql/graphql';
import { type Column, DataTable } from '../ui/data-table';
import { ErrorState } from '../ui/error-state';
import { LoadingState } from '../ui/loading-state';
import { Time } from '../ui/time';
import { CurvePlot } from './curve-plot';

const HistoryQuery = graphql(`
  query FormerCalibrations($id: ID!) {
    device(id: $id) {
      id
      calibrationHistory(first: 200) {
        nodes { id channel measuredAt measuredBy points { microlitres openMs } }
      }
    }
  }
`);

type Calibration = NonNullable<
  FormerCalibrationsQuery['device']
>['calibrationHistory']['nodes'][number];

/** The curves that were measured before those of now: a curve that wanders tells of a worn valve. */
export function FormerCalibrations({
  deviceId,
  present,
}: {
  deviceId: string;
  /** Ids of those of now, which are shown elsewhere. */
  present: ReadonlySet<string>;
}) {
  const { t } = useTranslation();
  const [opened, { toggle }] = useDisclosure();
  return (
    <div>
      <Button variant="subtle" size="compact-sm" aria-expanded={opened} onClick={toggle}>
        {t('devices.calibration.former')}
      </Button>
      {opened ? <History deviceId={deviceId} present={present} /> : null}
    </div>
  );
}

function History({ deviceId, present }: { deviceId: string; present: ReadonlySet<string> }) {
  const { t } = useTranslation();
  const [{ data, error }] = useQuery({ query: HistoryQuery, variables: { id: deviceId } });
  if (error && !data) return <ErrorState error={error} />;
  if (!data) return <LoadingState rows={2} />;
  const former = data.device?.calibrationHistory.nodes.filter(({ id }) => !present.has(id)) ?? [];
  if (former.length === 0) {
    return (
      <Text size="sm" c="dimmed" p="sm">
        {t('devices.calibration.noFormer')}
      </Text>
    );
  }
  const columns: Column<Calibration>[] = [
    { key: 'channel', header: t('devices.calibration.channel'), cell: ({ channel }) => channel },
    {
      key: 'measured',
      header: t('devices.calibration.when'),
      cell: ({ measuredAt }) => <Time at={measuredAt} />,
    },
    {
      key: 'by',
      header: t('devices.calibration.by'),
      from: 'tablet',
      cell: ({ measuredBy }) => measuredBy,
    },
    {
      key: 'curve',
      header: t('devices.calibration.curveTitle'),
      width: '300px',
      cell: ({ channel, points }) => <CurvePlot channel={channel} points={points} />,
    },
  ];
  return (
    <DataTable
      label={t('devices.calibration.former')}
      columns={columns}
      rows={former}
      rowKey={({ id }) => id}
      rowHeight={150}
    />
  );
}
