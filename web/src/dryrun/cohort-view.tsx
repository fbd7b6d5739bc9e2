import { SimpleGrid, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DryRunPanelCohortQuery } from '../api/gql/graphql';
import { Histogram } from '../plot/histogram';
import { durationText } from '../ui/duration-text';

type Cohort = NonNullable<NonNullable<DryRunPanelCohortQuery['dryRun']>['cohort']>;
type Distribution = Cohort['distributions'][number];

/** How many animals are spread: a histogram for each quantity, and what is rare. */
export function CohortView({ cohort }: { cohort: Cohort }) {
  const { t } = useTranslation();
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="md" p="sm">
        {cohort.distributions
          .filter(({ animals }) => animals > 0)
          .map((distribution) => (
            <Spread key={distribution.quantity} distribution={distribution} />
          ))}
      </SimpleGrid>
      <Text size="sm" px="sm" pb="sm">
        {t('dryrun.endings')}{' '}
        {cohort.endings.map(({ outcome, count }) => `${outcome} ${count}`).join(', ')}
      </Text>
      {cohort.warnings.length > 0 ? (
        <Text size="sm" px="sm" pb="sm">
          {t('dryrun.warnings')}:{' '}
          {cohort.warnings.map(({ outcome, count }) => `${outcome} ${count}`).join(', ')}
        </Text>
      ) : null}
    </>
  );
}

function Spread({ distribution }: { distribution: Distribution }) {
  const { t } = useTranslation();
  const { quantity, bins, low, median, high } = distribution;
  const text = (value: number | null | undefined) => valueText(distribution, value);
  const title = t(`dryrun.quantity.${quantity}`);
  return (
    <figure style={{ margin: 0 }}>
      <figcaption>
        <Text fw={600} size="sm">
          {title}
        </Text>
      </figcaption>
      <Histogram
        label={t('dryrun.histogram', { title, low: text(low), high: text(high) })}
        bins={bins}
        format={text}
      />
      <Text size="xs" c="dimmed">
        {t('dryrun.percentiles', { low: text(low), median: text(median), high: text(high) })}
      </Text>
    </figure>
  );
}

function valueText({ quantity, unit }: Distribution, value: number | null | undefined): string {
  if (value == null) return '–';
  if (quantity === 'SESSION_LENGTH') return durationText(value * 1_000);
  if (quantity === 'ACCURACY') return `${Math.round(value * 100)} %`;
  const rounded = Math.round(value * 10) / 10;
  return unit ? `${rounded} ${unit}` : String(rounded);
}
