import { Text, useComputedColorScheme } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { colorOfOutcome, palette } from '../../plot/raster/palette';
import type { Trial } from '../live/trial-log';
import classes from './run-page.module.css';

const shown = 60;

/** The outcomes of the last trials, the latest on the right. */
export const TrialStrip = memo(function TrialStrip({
  trials,
}: {
  trials: readonly Trial[];
  /** Trials are added in place; it says when. */
  version: number;
}) {
  const { t } = useTranslation();
  const colors = palette(useComputedColorScheme('light'));
  const last = trials.filter(({ outcome }) => outcome !== '').slice(-shown);
  const names = [...new Set(last.map(({ outcome }) => outcome))];
  if (last.length === 0) {
    return (
      <Text size="sm" c="dimmed" className={classes.stripHolder}>
        {t('runs.noTrials')}
      </Text>
    );
  }
  return (
    <div className={classes.stripHolder}>
      <div
        className={classes.strip}
        role="img"
        aria-label={t('runs.lastOutcomes', {
          outcomes: last
            .slice(-10)
            .map(({ outcome }) => outcome)
            .join(', '),
        })}
      >
        {last.map((trial) => (
          <span
            key={`${trial.number}/${trial.startMs}`}
            title={`${trial.number}: ${trial.outcome}`}
            style={{
              background: colorOfOutcome(colors, trial.outcome, names.indexOf(trial.outcome)),
            }}
          />
        ))}
      </div>
    </div>
  );
});
