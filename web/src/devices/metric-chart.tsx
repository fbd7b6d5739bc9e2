import { Box, Center, Group, Skeleton, Text } from '@mantine/core';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type uPlot from 'uplot';
import { useQuery } from 'urql';
import { graphql } from '../api/gql';
import type { DeviceMetricFragment } from '../api/gql/graphql';
import { bytesText } from '../ui/bytes-text';
import { axis, Chart, type ChartColors, timeAxis } from '../ui/chart';
import { ErrorState } from '../ui/error-state';
import { timeText } from '../ui/time-text';
import { columnsOf } from './gaps';
import { rangeOf } from './time-range';

const TelemetryQuery = graphql(`
  query Telemetry($id: ID!, $metric: String!, $from: Time!, $to: Time!) {
    device(id: $id) {
      id
      telemetry(metric: $metric, from: $from, to: $to, maxPoints: 400) {
        metric unit from to bucketMs points { at mean min max }
      }
    }
  }
`);

const height = 190;
const renewMs = 10_000;

interface Props {
  deviceId: string;
  metric: DeviceMetricFragment;
  from: string;
  to: string;
  onSelect: (range: { from: string; to: string }) => void;
}

/** A metric over time: the mean as a line, from the least to the greatest value as a band. */
export function MetricChart({ deviceId, metric, from, to, onSelect }: Props) {
  const { t } = useTranslation();
  const now = useTick(to.startsWith('now') || from.startsWith('now'));
  const { fromMs, toMs } = rangeOf(from, to, now);
  const variables = useMemo(
    () => ({
      id: deviceId,
      metric: metric.name,
      from: new Date(fromMs).toISOString(),
      to: new Date(toMs).toISOString(),
    }),
    [deviceId, metric.name, fromMs, toMs],
  );
  const [{ data, error }, ask] = useQuery({
    query: TelemetryQuery,
    variables,
    requestPolicy: 'network-only',
  });
  const telemetry = data?.device?.telemetry;
  const columns = useMemo(
    () => (telemetry ? columnsOf(telemetry.points, telemetry.bucketMs) : undefined),
    [telemetry],
  );
  const shown = telemetry ?? { from: variables.from, to: variables.to };
  const [min, max] = [Date.parse(shown.from) / 1_000, Date.parse(shown.to) / 1_000];
  const unit = telemetry?.unit ?? metric.unit;
  const options = useCallback(
    (colors: ChartColors) =>
      chartOptions(colors, unit, min, max, (a, b) =>
        onSelect({ from: new Date(a).toISOString(), to: new Date(b).toISOString() }),
      ),
    [unit, min, max, onSelect],
  );
  return (
    <Box miw={0}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="sm" fw={600} truncate title={metric.name}>
          {metric.name}
        </Text>
        <Text size="sm" c="dimmed">
          {t('devices.telemetry.now', { value: withUnit(metric.value, unit) })}
        </Text>
      </Group>
      <Box h={height}>
        {error && !columns ? (
          <ErrorState error={error} retry={() => ask({ requestPolicy: 'network-only' })} />
        ) : null}
        {!columns && !error ? <Skeleton height={height} /> : null}
        {columns && columns[0].length === 0 ? (
          <Center h={height}>
            <Text size="sm" c="dimmed">
              {t('devices.telemetry.noPoints')}
            </Text>
          </Center>
        ) : null}
        {columns && columns[0].length > 0 ? (
          <Chart
            label={t('devices.telemetry.chart', {
              metric: metric.name,
              from: timeText(new Date(min * 1_000), new Date()),
              to: timeText(new Date(max * 1_000), new Date()),
              least: withUnit(Math.min(...columns[2].filter((v) => v !== null)), unit),
              most: withUnit(Math.max(...columns[3].filter((v) => v !== null)), unit),
            })}
            data={columns}
            height={height}
            options={options}
          />
        ) : null}
      </Box>
    </Box>
  );
}

const short = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 });
/** Where there is little room: 120K, 3.5M. */
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 4 });

const withUnit = (value: number, unit: string): string =>
  unit === 'B' ? bytesText(value) : `${short.format(value)} ${unit}`.trim();

function chartOptions(
  colors: ChartColors,
  unit: string,
  min: number,
  max: number,
  select: (fromMs: number, toMs: number) => void,
): Omit<uPlot.Options, 'width' | 'height'> {
  return {
    legend: { show: false },
    cursor: { drag: { x: true, y: false, setScale: false } },
    scales: { x: { time: true, min, max } },
    axes: [
      timeAxis(colors),
      axis(colors, {
        size: 64,
        values: (_, ticks) =>
          ticks.map((value) => (unit === 'B' ? bytesText(value) : compact.format(value))),
      }),
    ],
    series: [
      {},
      { stroke: colors.device, width: 1.5, points: { size: 4 } },
      { stroke: 'transparent', points: { show: false } },
      { stroke: 'transparent', points: { show: false } },
    ],
    bands: [{ series: [3, 2], fill: colors.deviceSoft }],
    hooks: {
      setSelect: [
        (plot) => {
          const { left, width } = plot.select;
          if (width < 4) return;
          select(plot.posToVal(left, 'x') * 1_000, plot.posToVal(left + width, 'x') * 1_000);
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        },
      ],
    },
  };
}

/** The time, again and again while the range moves and the page is seen. */
function useTick(moves: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    setNow(Date.now());
    if (!moves) return;
    const timer = setInterval(() => {
      if (!document.hidden) setNow(Date.now());
    }, renewMs);
    return () => clearInterval(timer);
  }, [moves]);
  return now;
}
