import { useQuery, useSubscription } from 'urql';
import { graphql } from '../api/gql';

const ShellQuery = graphql(`
  query Shell {
    viewer { id name role organisation { id name } }
    system { version temporalUrl }
    humanSteps(open: true, first: 100) { nodes { id } }
  }
`);

// Keeps every run on every page as it is now, and the connection open.
const RunsChange = graphql(`
  subscription RunsChange {
    runs { id status startedAt endedAt outcome error }
  }
`);

/** What the frame around every page shows. */
export function useShellData() {
  const [{ data, error }] = useQuery({ query: ShellQuery });
  useSubscription({ query: RunsChange, pause: !data });
  return { data, error, waiting: data?.humanSteps.nodes.length ?? 0 };
}
