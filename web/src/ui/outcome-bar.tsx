import { Progress, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { outcomeColor } from './outcome-color';

interface Props {
  outcomes: readonly { outcome: string; count: number }[];
}

/** How trials ended, as parts of a whole. */
export function OutcomeBar({ outcomes }: Props) {
  const { t } = useTranslation();
  const all = outcomes.reduce((sum, each) => sum + each.count, 0);
  const words = outcomes.map((each) => `${each.outcome} ${each.count}`).join(', ');
  return (
    <Tooltip label={words} disabled={all === 0}>
      <Progress.Root size="sm" role="img" aria-label={t('ui.outcomes', { outcomes: words || '–' })}>
        {outcomes.map(({ outcome, count }) => (
          <Progress.Section
            key={outcome}
            value={(100 * count) / all}
            color={outcomeColor(outcome)}
            withAria={false}
            aria-hidden
          />
        ))}
      </Progress.Root>
    </Tooltip>
  );
}
