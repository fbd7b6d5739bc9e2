import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type uPlot from 'uplot';
import { useQuery } from 'urql';
import { graphql } from '../api/gql';
import { axis, Chart, type ChartColors } from '../ui/chart';
import { ErrorState } from '../ui/error-state';
import { LoadingState } from '../ui/loading-state';
import { accuracyPercent } from './accuracy';

const AccuracyQuery = graphql(`
  query SubjectAccuracy($id: ID!) {
    runs(filter: { subject: $id, status: [COMPLETED, STOPPED, FAILED, ABORTED, HALTED] }, first: 60) {
      nodes { id startedAt counters { outcomes { outcome count } cursor } }
    }
  }
`);

const height = 200;

/** How well a subject did, session by session. */
export function AccuracyChart({ subjectId, name }: { subjectId: string; name: string }) {
  const { t } = useTranslation();
  const [{ data, error }, ask] = useQuery({ query: AccuracyQuery, variables: { id: subjectId } });
  const columns = useMemo(() => {
    const sessions = (data?.runs.nodes ?? []).flatMap(({ startedAt, counters }) => {
      const percent = accuracyPercent(counters.outcomes);
      return startedAt && percent !== null ? [percent] : [];
    });
    sessions.reverse();
    return [sessions.map((_, index) => index + 1), sessions] as [number[], number[]];
  }, [data]);
  if (error && !data) {
    return <ErrorState error={error} retry={() => ask({ requestPolicy: 'network-only' })} />;
  }
  if (!data) return <LoadingState rows={1} height={height} />;
  const latest = columns[1].at(-1);
  if (latest === undefined) {
    return (
      <Text size="sm" c="dimmed">
        {t('subjects.accuracy.none')}
      </Text>
    );
  }
  return (
    <>
      <Chart
        label={t('subjects.accuracy.chart', {
          name,
          count: columns[1].length,
          latest: Math.round(latest),
        })}
        data={columns}
        height={height}
        options={options}
      />
      <Text size="xs" c="dimmed">
        {t('subjects.accuracy.help')}
      </Text>
    </>
  );
}

function options(colors: ChartColors): Omit<uPlot.Options, 'width' | 'height'> {
  return {
    legend: { show: false },
    cursor: { show: false },
    // Sessions are days apart, and nothing is in between: they stand side by side.
    scales: {
      x: { time: false, range: (_plot, _min, max) => [0.5, max + 0.5] },
      y: { range: [0, 100] },
    },
    axes: [
      axis(colors, { incrs: [1, 2, 5, 10, 20, 50], space: 24 }),
      axis(colors, { values: (_plot, values) => values.map((value) => `${value} %`), size: 56 }),
    ],
    series: [{}, { stroke: colors.device, width: 2, points: { show: true, size: 6 } }],
  };
}
