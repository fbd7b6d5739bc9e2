import { Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RunProgressMeasure } from '../api/gql/graphql';
import { i18n } from '../i18n/i18n';
import { durationText } from './duration-text';

export interface RunProgress {
  node: string;
  measure: RunProgressMeasure;
  done: number;
  limit: number;
}

/** How far a run has come towards the ends that are known. */
export function ProgressBars({
  of,
  nameOf,
}: {
  /** The outermost first. */
  of: readonly RunProgress[];
  /** Of a node; nothing is said of it when absent. */
  nameOf?: (node: string) => string;
}) {
  const { t } = useTranslation();
  if (of.length === 0) return null;
  return (
    <Stack gap={6} role="group" aria-label={t('runs.progress.title')}>
      {of.map((progress) => {
        const { node, measure, done, limit } = progress;
        const name = nameOf?.(node);
        const label = name ? `${name}: ${progressText(progress)}` : progressText(progress);
        return (
          <div key={`${node}/${measure}`}>
            <Text size="xs" c="dimmed" mb={2}>
              {label}
            </Text>
            <Progress
              size="sm"
              value={limit > 0 ? Math.min(100, (100 * done) / limit) : 0}
              aria-label={label}
            />
          </div>
        );
      })}
    </Stack>
  );
}

/** A progress in words: `Trial 12 of 50`. */
export function progressText({ measure, done, limit }: RunProgress): string {
  const text = (value: number) => {
    if (measure === 'SECONDS') return durationText(Math.round(value) * 1_000);
    return String(measure === 'MICROLITRES' ? Math.round(value * 10) / 10 : value);
  };
  return i18n.t(`runs.progress.${measure}`, { done: text(done), limit: text(limit) });
}
