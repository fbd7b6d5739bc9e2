import { Group, SimpleGrid, Stack, Title } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery, useSubscription } from 'urql';
import { graphql } from '../api/gql';
import { ErrorState } from '../ui/error-state';
import { LoadingState } from '../ui/loading-state';
import { PageHeader } from '../ui/page-header';
import { AnchorLink } from '../ui/router-link';
import { RunList } from '../ui/run-list';
import { Surface } from '../ui/surface';
import { Fleet } from './fleet';
import { GettingStarted } from './getting-started';
import { Running } from './running';
import { Nothing, Waiting } from './waiting';

const HomeQuery = graphql(`
  query Home($failedSince: Time!) {
    active: runs(filter: { status: [STARTING, RUNNING, PAUSED, SEALING] }, first: 24) {
      nodes { id ...RunCard }
    }
    failed: runs(filter: { status: [FAILED, ABORTED, HALTED], since: $failedSince }, first: 6) {
      nodes { id ...RunItem }
    }
    any: runs(first: 1) { nodes { id } }
    humanSteps(open: true, first: 6) { nodes { id ...WaitingStep } }
    devices(first: 200) { nodes { id ...FleetDevice } }
  }
`);

const DevicesChange = graphql(`
  subscription HomeDevices {
    deviceStatus { id name online run { id protocolName } }
  }
`);

const week = 7 * 86_400_000;

export function HomePage() {
  const { t } = useTranslation();
  // Whole hours, so that the same question is asked when the page is opened again.
  const variables = useMemo(
    () => ({
      failedSince: new Date(Math.floor((Date.now() - week) / 3_600_000) * 3_600_000).toISOString(),
    }),
    [],
  );
  const [{ data, error }, ask] = useQuery({ query: HomeQuery, variables });
  useSubscription({ query: DevicesChange, pause: !data });
  if (!data) {
    return (
      <>
        <PageHeader title={t('home.title')} />
        {error ? (
          <ErrorState error={error} retry={() => ask({ requestPolicy: 'network-only' })} />
        ) : (
          <LoadingState />
        )}
      </>
    );
  }
  return (
    <>
      <PageHeader title={t('home.title')} />
      <Stack gap="xl">
        {data.any.nodes.length === 0 ? (
          <Surface p="lg">
            <GettingStarted />
          </Surface>
        ) : (
          <Part
            title={t('home.running.title')}
            more={<AnchorLink to="/runs">{t('home.running.all')}</AnchorLink>}
          >
            {data.active.nodes.length > 0 ? (
              <Running runs={data.active.nodes} />
            ) : (
              <Surface>
                <Running runs={[]} />
              </Surface>
            )}
          </Part>
        )}
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
          <Part
            title={t('home.waiting.title')}
            more={<AnchorLink to="/inbox">{t('home.waiting.all')}</AnchorLink>}
          >
            <Surface>
              <Waiting steps={data.humanSteps.nodes} />
            </Surface>
          </Part>
          <Part
            title={t('home.devices.title')}
            more={<AnchorLink to="/devices">{t('home.devices.all')}</AnchorLink>}
          >
            <Surface p="md">
              <Fleet devices={data.devices.nodes} />
            </Surface>
          </Part>
        </SimpleGrid>
        <Part title={t('home.failed.title')}>
          <Surface>
            {data.failed.nodes.length > 0 ? (
              <RunList label={t('home.failed.title')} runs={data.failed.nodes} />
            ) : (
              <Nothing>{t('home.failed.none')}</Nothing>
            )}
          </Surface>
        </Part>
      </Stack>
    </>
  );
}

function Part({ title, more, children }: { title: string; more?: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <Group justify="space-between" mb="sm">
        <Title order={2}>{title}</Title>
        {more}
      </Group>
      {children}
    </section>
  );
}
