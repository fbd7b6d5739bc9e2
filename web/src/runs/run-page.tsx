import { Alert, Tabs } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { RunPageQuery } from '../api/gql/graphql';
import { NotFound } from '../app/not-found';
import type { ProtocolDocument } from '../editor/model/document';
import { Raster } from '../plot/raster/raster';
import { ErrorState } from '../ui/error-state';
import { LoadingState } from '../ui/loading-state';
import { PageHeader } from '../ui/page-header';
import { AnchorLink } from '../ui/router-link';
import { isFinal } from '../ui/run-status';
import { StatusBadge } from '../ui/status-badge';
import { Surface } from '../ui/surface';
import { useRunFeed } from './live/use-run-feed';
import { DownloadMenu } from './page/download-menu';
import { Facts } from './page/facts';
import { Notes } from './page/notes';
import { Performance } from './page/performance';
import { Questions } from './page/questions';
import { Replay } from './page/replay';
import { RunControls } from './page/run-controls';
import { RunGraph } from './page/run-graph';
import classes from './page/run-page.module.css';
import { RunQuery } from './page/run-query';
import { Parameters, Variables } from './page/values';
import { useCatalogue } from './use-catalogue';

const route = getRouteApi('/runs/$runId');

export function RunPage() {
  const { runId } = route.useParams();
  const [{ data, error }, ask] = useQuery({ query: RunQuery, variables: { id: runId } });
  if (error && !data) {
    return <ErrorState error={error} retry={() => ask({ requestPolicy: 'network-only' })} />;
  }
  if (!data) return <LoadingState />;
  if (!data.run) return <NotFound />;
  return (
    <LiveRun
      key={data.run.id}
      run={data.run}
      askAgain={() => ask({ requestPolicy: 'network-only' })}
    />
  );
}

type Run = NonNullable<RunPageQuery['run']>;

function LiveRun({ run, askAgain }: { run: Run; askAgain: () => void }) {
  const { t } = useTranslation();
  const catalogue = useCatalogue();
  const { feed, loaded, error, complete } = useRunFeed({
    id: run.id,
    createdAt: run.createdAt,
    document: run.protocolVersion.document as ProtocolDocument,
  });
  const over = isFinal(run.status);
  // The stream has ended: how, is in the run.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each end of the stream
  useEffect(() => {
    if (complete) askAgain();
  }, [complete]);

  return (
    <>
      <PageHeader
        title={run.subject ? `${run.protocolName} · ${run.subject.name}` : run.protocolName}
        breadcrumb={
          <AnchorLink to="/runs" size="sm">
            {t('runs.title')}
          </AnchorLink>
        }
        badge={<StatusBadge status={run.status} />}
        actions={
          <>
            <RunControls id={run.id} status={run.status} />
            {over ? (
              <Replay
                run={run.id}
                protocol={run.protocolVersion.protocol.id}
                version={run.protocolVersion.id}
                nameOf={(node) => feed.names.label(node)}
              />
            ) : null}
            <DownloadMenu id={run.id} />
          </>
        }
      />
      <Facts run={run} />
      <div className={classes.page}>
        {run.error ? (
          <Alert
            color="red"
            icon={<IconAlertTriangle aria-hidden />}
            title={t('runs.failedBecause')}
          >
            {run.error}
          </Alert>
        ) : null}
        {error ? (
          <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={t('runs.notFollowed')}>
            {error}
          </Alert>
        ) : null}
        <Questions id={run.id} feed={feed} />
        <Surface className={classes.graph}>
          {catalogue ? <RunGraph catalogue={catalogue} feed={feed} /> : <LoadingState />}
        </Surface>
        <Surface className={classes.performance}>
          <Performance id={run.id} feed={feed} loaded={loaded} />
        </Surface>
        <Surface className={classes.wide}>
          <Raster model={feed.raster} edge={feed.edge} live={!over && !complete} />
        </Surface>
        <Surface className={classes.wide}>
          <Tabs defaultValue="variables">
            <Tabs.List>
              <Tabs.Tab value="variables">{t('runs.variables')}</Tabs.Tab>
              <Tabs.Tab value="parameters">{t('runs.parameters')}</Tabs.Tab>
              <Tabs.Tab value="notes">{t('runs.notes')}</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="variables">
              <Variables feed={feed} />
            </Tabs.Panel>
            <Tabs.Panel value="parameters">
              <Parameters run={run} feed={feed} />
            </Tabs.Panel>
            <Tabs.Panel value="notes">
              <Notes id={run.id} feed={feed} />
            </Tabs.Panel>
          </Tabs>
        </Surface>
      </div>
    </>
  );
}
