import { useEffect } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../api/gql';
import type { RunStatus } from '../api/gql/graphql';
import { ProgressBars } from './progress-bars';
import { isFinal } from './run-status';

const LiveProgressQuery = graphql(`
  query LiveProgress($id: ID!) {
    run(id: $id) { id progress { node measure done limit } }
  }
`);

const askMs = 5_000;

/** How far a run under way has come, where one line is enough: towards its outermost end. */
export function LiveProgress({ id, status }: { id: string; status: RunStatus }) {
  const over = isFinal(status);
  const [{ data }, ask] = useQuery({ query: LiveProgressQuery, variables: { id }, pause: over });
  useEffect(() => {
    if (over) return;
    const timer = setInterval(() => ask({ requestPolicy: 'network-only' }), askMs);
    return () => clearInterval(timer);
  }, [over, ask]);
  return over ? null : <ProgressBars of={data?.run?.progress.slice(0, 1) ?? []} />;
}
