import { getRouteApi } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { graphql } from '../api/gql';
import { NotFound } from '../app/not-found';
import { ErrorState } from '../ui/error-state';
import { LoadingState } from '../ui/loading-state';
import { PageHeader } from '../ui/page-header';

const route = getRouteApi('/subjects/$subjectId');

const SubjectQuery = graphql(`
  query Subject($id: ID!) {
    subject(id: $id) { id name }
  }
`);

export function SubjectPage() {
  const { subjectId } = route.useParams();
  const [{ data, error }, ask] = useQuery({ query: SubjectQuery, variables: { id: subjectId } });
  if (error && !data) {
    return <ErrorState error={error} retry={() => ask({ requestPolicy: 'network-only' })} />;
  }
  if (!data) return <LoadingState />;
  if (!data.subject) return <NotFound />;
  return <PageHeader title={data.subject.name} />;
}
