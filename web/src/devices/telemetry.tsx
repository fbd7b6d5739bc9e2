import { Button, Group, Select, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconZoomOut } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentType, graphql, readFragment } from '../api/gql';
import { timeText, zoneName } from '../ui/time-text';
import { MetricChart } from './metric-chart';
import { rangeOf, usualFrom, usualTo, zoomedOut } from './time-range';

const route = getRouteApi('/devices/$deviceId');

export const DeviceMetric = graphql(`
  fragment DeviceMetric on Metric { name unit value at }
`);

const lengths = [
  ['now-15m', '15 min'],
  ['now-1h', '1 h'],
  ['now-6h', '6 h'],
  ['now-24h', '24 h'],
  ['now-7d', '7 d'],
  ['now-30d', '30 d'],
] as const;

const shownAtFirst = 6;

interface Props {
  deviceId: string;
  metrics: readonly FragmentType<typeof DeviceMetric>[];
}

/** The metrics of a device over time. The range is in the address. */
export function Telemetry({ deviceId, metrics }: Props) {
  const { t } = useTranslation();
  const { from = usualFrom, to = usualTo } = route.useSearch();
  const navigate = route.useNavigate();
  const [all, setAll] = useState(false);
  const now = Date.now();
  const range = rangeOf(from, to, now);
  const [start, end] = [new Date(range.fromMs), new Date(range.toMs)];
  const known = lengths.some(([value]) => value === from) && to === 'now';
  const list = readFragment(DeviceMetric, metrics);
  const shown = all ? list : list.slice(0, shownAtFirst);

  const show = useCallback(
    (search: { from: string; to: string }) =>
      void navigate({ search: (old) => ({ ...old, ...search }), resetScroll: false }),
    [navigate],
  );

  if (list.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('devices.telemetry.none')}
      </Text>
    );
  }
  return (
    <Stack>
      <Group justify="space-between" align="flex-end">
        <Text size="sm" c="dimmed">
          {t('devices.telemetry.hint')}
        </Text>
        <Group gap="xs">
          <Select
            size="sm"
            w={250}
            aria-label={t('devices.telemetry.range')}
            allowDeselect={false}
            value={known ? from : 'custom'}
            onChange={(value) => {
              if (value && value !== 'custom') show({ from: value, to: 'now' });
            }}
            data={[
              ...lengths.map(([value, length]) => ({
                value,
                label: t('devices.telemetry.last', { length }),
              })),
              ...(known
                ? []
                : [
                    {
                      value: 'custom',
                      label: t('devices.telemetry.custom', {
                        from: timeText(start, new Date(now)),
                        to: timeText(end, new Date(now)),
                        zone: zoneName(end),
                      }),
                    },
                  ]),
            ]}
          />
          <Button
            variant="default"
            size="sm"
            leftSection={<IconZoomOut size={16} aria-hidden />}
            onClick={() => show(zoomedOut(range, now))}
          >
            {t('devices.telemetry.zoomOut')}
          </Button>
        </Group>
      </Group>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        {shown.map((metric) => (
          <MetricChart
            key={metric.name}
            deviceId={deviceId}
            metric={metric}
            from={from}
            to={to}
            onSelect={show}
          />
        ))}
      </SimpleGrid>
      {shown.length < list.length ? (
        <Group justify="center">
          <Button variant="default" onClick={() => setAll(true)}>
            {t('devices.telemetry.more', { count: list.length })}
          </Button>
        </Group>
      ) : null}
    </Stack>
  );
}
