import { Badge, Stack, Text, Tooltip } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useQuery, useSubscription } from 'urql';
import { graphql, readFragment } from '../api/gql';
import type { DeviceQuery as DeviceQueryData } from '../api/gql/graphql';
import { NotFound } from '../app/not-found';
import { durationText } from '../ui/duration-text';
import { ErrorState } from '../ui/error-state';
import { Facts } from '../ui/facts';
import { LoadingState } from '../ui/loading-state';
import { PageHeader } from '../ui/page-header';
import { AnchorLink } from '../ui/router-link';
import { RunList } from '../ui/run-list';
import { Section } from '../ui/section';
import { Time } from '../ui/time';
import { Calibrations } from './calibrations';
import { DeviceBadge } from './device-badge';
import { HardwareChannel, HardwarePanel } from './hardware-panel';
import { Telemetry } from './telemetry';

const route = getRouteApi('/devices/$deviceId');

const DeviceQuery = graphql(`
  query Device($id: ID!) {
    device(id: $id) {
      id name online simulated version startedAt lastSeen clockOffsetMs outbox
      rig {
        name hash
        channels {
          name
          rigCalibration { points { microlitres openMs } }
          ...HardwareChannel
        }
      }
      run { id protocolName }
      calibrations { id ...DeviceCalibration }
      metrics { name ...DeviceMetric }
    }
  }
`);

const DeviceRuns = graphql(`
  query DeviceRuns($id: ID!) {
    runs(filter: { device: $id }, first: 10) { nodes { id ...RunItem } }
  }
`);

const DeviceChange = graphql(`
  subscription DeviceChange($id: ID!) {
    deviceStatus(id: $id) {
      id name online lastSeen clockOffsetMs outbox run { id protocolName }
    }
  }
`);

export function DevicePage() {
  const { deviceId } = route.useParams();
  const [{ data, error }, ask] = useQuery({ query: DeviceQuery, variables: { id: deviceId } });
  useSubscription({ query: DeviceChange, variables: { id: deviceId }, pause: !data?.device });
  const again = () => ask({ requestPolicy: 'network-only' });
  if (error && !data) return <ErrorState error={error} retry={again} />;
  if (!data) return <LoadingState />;
  if (!data.device) return <NotFound />;
  return <Device device={data.device} again={again} />;
}

type DeviceData = NonNullable<DeviceQueryData['device']>;

function Device({ device, again }: { device: DeviceData; again: () => void }) {
  const { t } = useTranslation();
  const { rig, run } = device;
  const outputs = readFragment(HardwareChannel, rig?.channels ?? [])
    .filter(({ direction }) => direction === 'OUT')
    .map(({ name }) => name);
  return (
    <>
      <PageHeader
        title={device.name}
        breadcrumb={<AnchorLink to="/devices">{t('devices.title')}</AnchorLink>}
        badge={
          <>
            <DeviceBadge online={device.online} busy={run != null} />
            {device.simulated ? (
              <Tooltip label={t('devices.simulatedHelp')}>
                <Badge variant="default" tt="none">
                  {t('devices.simulated')}
                </Badge>
              </Tooltip>
            ) : null}
          </>
        }
      />
      <Stack gap="xl">
        <Facts
          of={[
            { name: t('devices.rig'), value: rig?.name ?? '–' },
            {
              name: t('devices.run'),
              value: run ? (
                <AnchorLink to="/runs/$runId" params={{ runId: run.id }}>
                  {run.protocolName}
                </AnchorLink>
              ) : (
                '–'
              ),
            },
            { name: t('devices.clock'), value: durationText(device.clockOffsetMs) },
            { name: t('devices.outbox'), value: device.outbox },
            { name: t('devices.version'), value: device.version },
            {
              name: t('devices.startedAt'),
              value: device.startedAt ? <Time at={device.startedAt} /> : '–',
            },
            {
              name: t('devices.lastSeen'),
              value: device.lastSeen ? <Time at={device.lastSeen} ago /> : t('devices.never'),
            },
          ]}
        />
        <Section title={t('devices.panel.title')}>
          {rig ? (
            <HardwarePanel
              key={device.id}
              deviceId={device.id}
              online={device.online}
              run={run}
              channels={rig.channels}
            />
          ) : (
            <Text size="sm" c="dimmed">
              {t('devices.noRig')}
            </Text>
          )}
        </Section>
        <Section title={t('devices.calibration.title')}>
          <Calibrations
            deviceId={device.id}
            deviceName={device.name}
            outputs={outputs}
            calibrations={device.calibrations}
            written={(rig?.channels ?? []).flatMap(({ name, rigCalibration }) =>
              rigCalibration ? [{ channel: name, points: rigCalibration.points }] : [],
            )}
            onSaved={again}
          />
        </Section>
        <Section title={t('devices.telemetry.title')}>
          <Telemetry deviceId={device.id} metrics={device.metrics} />
        </Section>
        <RecentRuns deviceId={device.id} />
      </Stack>
    </>
  );
}

function RecentRuns({ deviceId }: { deviceId: string }) {
  const { t } = useTranslation();
  const [{ data, error }, ask] = useQuery({ query: DeviceRuns, variables: { id: deviceId } });
  return (
    <Section
      title={t('devices.runs')}
      flush
      more={
        <AnchorLink to="/runs" search={{ device: deviceId }}>
          {t('devices.allRuns')}
        </AnchorLink>
      }
    >
      {error ? (
        <ErrorState error={error} retry={() => ask({ requestPolicy: 'network-only' })} />
      ) : null}
      {data ? (
        data.runs.nodes.length > 0 ? (
          <RunList label={t('devices.runs')} runs={data.runs.nodes} without="device" />
        ) : (
          <Text p="md" size="sm" c="dimmed">
            {t('devices.noRuns')}
          </Text>
        )
      ) : error ? null : (
        <LoadingState rows={3} />
      )}
    </Section>
  );
}
