import { Group, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type uPlot from 'uplot';
import { axis, Chart, type ChartColors, timeAxis } from '../ui/chart';
import { percentOfBaseline, usualTarget } from './baseline';

interface Props {
  name: string;
  /** Latest first. */
  weights: readonly { grams: number; at: string }[];
  baselineGrams: number | null | undefined;
  targetFraction: number | null | undefined;
}

const height = 220;

/** Weights over time: as a part of the baseline beside the target when there is one, else in grams. */
export function WeightChart({ name, weights, baselineGrams, targetFraction }: Props) {
  const { t } = useTranslation();
  const target = 100 * (targetFraction ?? usualTarget);
  const data = useMemo(() => {
    const rows = weights.toReversed();
    const values = rows.map(({ grams }) => percentOfBaseline(grams, baselineGrams) ?? grams);
    const columns: uPlot.AlignedData = [rows.map(({ at }) => Date.parse(at) / 1_000), values];
    return baselineGrams ? [...columns, rows.map(() => target)] : columns;
  }, [weights, baselineGrams, target]) as uPlot.AlignedData;
  const unit = baselineGrams ? '%' : 'g';
  const options = useMemo(() => optionsOf(unit), [unit]);
  const latest = weights[0]?.grams ?? 0;
  return (
    <div>
      <Chart
        label={t('subjects.weights.chart', {
          name,
          count: weights.length,
          latest: t('subjects.weightText', { grams: latest }),
        })}
        data={data}
        height={height}
        options={options}
      />
      {baselineGrams ? (
        <Group gap="md">
          <Text size="xs" c="dimmed">
            {t('subjects.weights.baseline', { grams: baselineGrams })}
          </Text>
          <Text size="xs" c="dimmed">
            {t('subjects.weights.target', { percent: Math.round(target) })}
          </Text>
        </Group>
      ) : null}
    </div>
  );
}

function optionsOf(unit: '%' | 'g') {
  return (colors: ChartColors): Omit<uPlot.Options, 'width' | 'height'> => ({
    legend: { show: false },
    cursor: { show: false },
    axes: [
      timeAxis(colors),
      axis(colors, { values: (_plot, values) => values.map((v) => `${v} ${unit}`), size: 60 }),
    ],
    series: [
      {},
      { stroke: colors.device, width: 2, points: { show: true, size: 5 } },
      ...(unit === '%'
        ? [{ stroke: colors.warning, width: 1.5, dash: [6, 4], points: { show: false } }]
        : []),
    ],
  });
}
