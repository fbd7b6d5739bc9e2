import { getRouteApi } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../api/gql';
import { NotFound } from '../app/not-found';
import { ErrorState } from '../ui/error-state';
import { LoadingState } from '../ui/loading-state';
import { PageHeader } from '../ui/page-header';

const route = getRouteApi('/devices/$deviceId');

const DeviceQuery = graphql(`
  query Device($id: ID!) {
    device(id: $id) { id name }
  }
`);

export function DevicePage() {
  const { deviceId } = route.useParams();
  const [{ data, error }, ask] = useQuery({ query: DeviceQuery, variables: { id: deviceId } });
  if (error && !data) {
    return <ErrorState error={error} retry={() => ask({ requestPolicy: 'network-only' })} />;
  }
  if (!data) return <LoadingState />;
  if (!data.device) return <NotFound />;
  return <PageHeader title={data.device.name} />;
}
