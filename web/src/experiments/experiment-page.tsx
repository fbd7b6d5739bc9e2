import { getRouteApi } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../api/gql';
import { NotFound } from '../app/not-found';
import { ErrorState } from '../ui/error-state';
import { LoadingState } from '../ui/loading-state';
import { PageHeader } from '../ui/page-header';

const route = getRouteApi('/experiments/$experimentId');

const ExperimentQuery = graphql(`
  query Experiment($id: ID!) {
    experiment(id: $id) { id name }
  }
`);

export function ExperimentPage() {
  const { experimentId } = route.useParams();
  const [{ data, error }, ask] = useQuery({
    query: ExperimentQuery,
    variables: { id: experimentId },
  });
  if (error && !data) {
    return <ErrorState error={error} retry={() => ask({ requestPolicy: 'network-only' })} />;
  }
  if (!data) return <LoadingState />;
  if (!data.experiment) return <NotFound />;
  return <PageHeader title={data.experiment.name} />;
}
