import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { graphql } from '../api/gql';
import { NotFound } from '../app/not-found';
import { ErrorState } from '../ui/error-state';
import { LoadingState } from '../ui/loading-state';
import { PageHeader } from '../ui/page-header';
import { StatusBadge } from '../ui/status-badge';

const route = getRouteApi('/runs/$runId');

const RunQuery = graphql(`
  query Run($id: ID!) {
    run(id: $id) { id status protocolName subject { id name } }
  }
`);

export function RunPage() {
  const { t } = useTranslation();
  const { runId } = route.useParams();
  const [{ data, error }, ask] = useQuery({ query: RunQuery, variables: { id: runId } });
  if (error && !data) {
    return <ErrorState error={error} retry={() => ask({ requestPolicy: 'network-only' })} />;
  }
  if (!data) return <LoadingState />;
  if (!data.run) return <NotFound />;
  const { status, protocolName, subject } = data.run;
  return (
    <PageHeader
      title={subject ? `${protocolName} · ${subject.name}` : protocolName}
      lead={t('runs.run')}
      badge={<StatusBadge status={status} />}
    />
  );
}
