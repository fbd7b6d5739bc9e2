import { Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes } from 'react';
import { useTranslation } from 'react-i18next';
import { type FragmentType, graphql, readFragment } from '../api/gql';
import { Duration } from '../ui/duration';
import { LiveProgress } from '../ui/live-progress';
import { OutcomeBar } from '../ui/outcome-bar';
import { ButtonLink } from '../ui/router-link';
import { StatusBadge } from '../ui/status-badge';
import classes from './home.module.css';
import { useLiveCounters } from './use-live-counters';

const RunCard = graphql(`
  fragment RunCard on Run {
    id status protocolName createdAt startedAt endedAt
    subject { id name }
    devices { deviceId }
    counters { trials outcomes { outcome count } cursor }
  }
`);

const CardLink = createLink((props: AnchorHTMLAttributes<HTMLAnchorElement>) => (
  <a {...props} className={classes.card} />
));

export function Running({ runs }: { runs: readonly FragmentType<typeof RunCard>[] }) {
  const { t } = useTranslation();
  if (runs.length === 0) {
    return (
      <Group p="md" justify="space-between">
        <Text c="dimmed" size="sm">
          {t('home.running.none')}
        </Text>
        <ButtonLink
          to="/runs/start"
          variant="default"
          size="xs"
          leftSection={<IconPlayerPlay size={14} aria-hidden />}
        >
          {t('home.running.start')}
        </ButtonLink>
      </Group>
    );
  }
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, lg: 3 }} spacing="md">
      {runs.map((run) => (
        <Card key={readFragment(RunCard, run).id} of={run} />
      ))}
    </SimpleGrid>
  );
}

function Card({ of }: { of: FragmentType<typeof RunCard> }) {
  const { t } = useTranslation();
  const run = readFragment(RunCard, of);
  const { trials, outcomes } = useLiveCounters(run.id, run.counters);
  return (
    <CardLink to="/runs/$runId" params={{ runId: run.id }}>
      <Stack gap="xs" justify="space-between" h="100%">
        <div>
          <Group justify="space-between" wrap="nowrap" align="flex-start">
            <Text fw={600} lineClamp={2}>
              {run.protocolName}
            </Text>
            <StatusBadge status={run.status} />
          </Group>
          <Text size="sm" c="dimmed">
            {[
              run.subject?.name ?? t('home.running.noSubject'),
              ...run.devices.map((d) => d.deviceId),
            ].join(' · ')}
          </Text>
        </div>
        <Stack gap={6}>
          <Group justify="space-between" align="baseline">
            {run.devices.length > 0 ? (
              <span>
                <span className={classes.number}>{trials}</span>{' '}
                <Text span size="sm" c="dimmed">
                  {t('home.running.trials', { count: trials })}
                </Text>
              </span>
            ) : (
              <span />
            )}
            <Text size="sm" c="dimmed">
              <Duration from={run.startedAt ?? run.createdAt} to={run.endedAt} />
            </Text>
          </Group>
          {run.devices.length > 0 ? <OutcomeBar outcomes={outcomes} /> : null}
          <LiveProgress id={run.id} status={run.status} />
        </Stack>
      </Stack>
    </CardLink>
  );
}
