import { Group, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { LineChart } from '../../plot/line-chart';
import { durationText } from '../../ui/duration-text';
import { ProgressBars } from '../../ui/progress-bars';
import type { RunFeed } from '../live/run-feed';
import { rolling } from '../live/trial-log';
import { useLook } from '../live/use-look';
import classes from './run-page.module.css';
import { TrialStrip } from './trial-strip';
import { useRunCounters } from './use-run-counters';

/** Over how many trials accuracy and latency are taken. */
const windowTrials = 20;
/** More are not drawn: a screen has no more points. */
const drawnTrials = 600;
/** Figures that change more often cannot be read. */
const lookMs = 500;

const percent = (share: number) => `${Math.round(share * 100)} %`;

/** How the animal does: counts, the last outcomes, accuracy and latency. */
export function Performance({
  id,
  feed,
  loaded,
}: {
  id: string;
  feed: RunFeed;
  /** The latest trials are there. */
  loaded: boolean;
}) {
  const { t } = useTranslation();
  const version = useLook(feed, lookMs);
  const run = useRunCounters(id, version);
  const { trials, outcomes, begun } = feed.trials;
  const done = [...outcomes.values()].reduce((sum, n) => sum + n, 0);
  // Those of before the page was opened are counted at once, and come later.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the log is added to in place; their number says when
  const line = useMemo(() => {
    const last = trials.slice(-drawnTrials);
    return rolling(last, windowTrials, begun - last.length + 1);
  }, [trials, trials.length, done, begun]);
  const counters = run?.counters;
  // The page hears of trials before it asks again.
  const progress = (run?.progress ?? []).map((each) =>
    each.measure === 'TRIALS' ? { ...each, done: feed.trialNow.get(each.node) ?? each.done } : each,
  );
  const accuracy = line.accuracy.at(-1) ?? null;
  const latency = line.latencyMs.at(-1) ?? null;

  return (
    <Stack gap="sm" p="md">
      <Group gap="lg">
        <Figure name={t('runs.count.trials')} value={String(begun)} />
        {[...outcomes].map(([outcome, count]) => (
          <Figure key={outcome} name={outcome.replaceAll('_', ' ')} value={String(count)} />
        ))}
        <Figure name={t('runs.count.rewards')} value={String(counters?.rewards ?? '–')} />
        <Figure
          name={t('runs.count.volume')}
          value={counters ? `${Math.round(counters.microlitres * 10) / 10} µl` : '–'}
        />
      </Group>
      <ProgressBars of={progress} nameOf={(node) => feed.names.label(node)} />
      {loaded ? (
        <TrialStrip trials={trials} version={done + trials.length} />
      ) : (
        <div className={classes.stripHolder} />
      )}
      <div className={classes.charts}>
        <figure className={classes.chart}>
          <figcaption>
            {t('runs.plot.accuracy', { count: windowTrials })}
            <strong>{accuracy === null ? '–' : percent(accuracy)}</strong>
          </figcaption>
          <LineChart
            label={t('runs.plot.accuracy', { count: windowTrials })}
            x={line.trial}
            y={line.accuracy}
            range={[0, 1]}
            format={percent}
          />
        </figure>
        <figure className={classes.chart}>
          <figcaption title={t('runs.plot.latencyHelp')}>
            {t('runs.plot.latency', { count: windowTrials })}
            <strong>{latency === null ? '–' : durationText(latency)}</strong>
          </figcaption>
          <LineChart
            label={t('runs.plot.latency', { count: windowTrials })}
            x={line.trial}
            y={line.latencyMs}
            format={durationText}
          />
        </figure>
      </div>
    </Stack>
  );
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <Text size="lg" fw={650} lh={1.1}>
        {value}
      </Text>
      <Text size="xs" c="dimmed">
        {name}
      </Text>
    </div>
  );
}
