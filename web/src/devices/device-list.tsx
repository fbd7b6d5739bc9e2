import { Text, Tooltip } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentType, graphql, readFragment } from '../api/gql';
import type { DeviceItemFragment } from '../api/gql/graphql';
import { type Column, DataTable } from '../ui/data-table';
import { durationText } from '../ui/duration-text';
import { AnchorLink } from '../ui/router-link';
import { Time } from '../ui/time';
import { DeviceBadge } from './device-badge';

const DeviceItem = graphql(`
  fragment DeviceItem on Device {
    id name online simulated lastSeen clockOffsetMs outbox
    rig { name }
    run { id protocolName subject { id name } }
  }
`);

interface Props {
  devices: readonly FragmentType<typeof DeviceItem>[];
  onEnd?: (() => void) | undefined;
}

export function DeviceList({ devices, onEnd }: Props) {
  const { t } = useTranslation();
  const columns = useMemo<Column<DeviceItemFragment>[]>(
    () => [
      {
        key: 'device',
        header: t('devices.device'),
        cell: (device) => (
          <>
            <AnchorLink to="/devices/$deviceId" params={{ deviceId: device.id }}>
              {device.name}
            </AnchorLink>
            {device.simulated ? (
              <Text size="xs" c="dimmed">
                {t('devices.simulated')}
              </Text>
            ) : null}
          </>
        ),
      },
      {
        key: 'state',
        header: t('devices.state'),
        width: '7.5rem',
        cell: (device) => <DeviceBadge online={device.online} busy={device.run != null} />,
      },
      {
        key: 'run',
        header: t('devices.run'),
        cell: ({ run }) =>
          run ? (
            <>
              <AnchorLink to="/runs/$runId" params={{ runId: run.id }}>
                {run.protocolName}
              </AnchorLink>
              {run.subject ? (
                <Text size="xs" c="dimmed" truncate>
                  {run.subject.name}
                </Text>
              ) : null}
            </>
          ) : null,
      },
      {
        key: 'rig',
        header: t('devices.rig'),
        from: 'tablet',
        width: '9rem',
        cell: (device) => device.rig?.name,
      },
      {
        key: 'clock',
        header: t('devices.clock'),
        from: 'tablet',
        end: true,
        width: '6.5rem',
        cell: (device) => (
          <Tooltip label={t('devices.clockHelp')}>
            <span>{durationText(device.clockOffsetMs)}</span>
          </Tooltip>
        ),
      },
      {
        key: 'outbox',
        header: t('devices.outbox'),
        from: 'tablet',
        end: true,
        width: '6rem',
        cell: (device) => (
          <Tooltip label={t('devices.outboxHelp')}>
            <span>{device.outbox}</span>
          </Tooltip>
        ),
      },
      {
        key: 'seen',
        header: t('devices.lastSeen'),
        from: 'laptop',
        width: '8.5rem',
        cell: (device) =>
          device.lastSeen ? <Time at={device.lastSeen} ago /> : t('devices.never'),
      },
    ],
    [t],
  );
  return (
    <DataTable
      label={t('devices.title')}
      columns={columns}
      rows={readFragment(DeviceItem, devices)}
      rowKey={(device) => device.id}
      rowHeight={61}
      onEnd={onEnd}
    />
  );
}
