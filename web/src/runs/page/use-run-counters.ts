import { useEffect, useRef } from 'react';
import { useQuery } from 'urql';
import type { RunPageCountersQuery } from '../../api/gql/graphql';
import { CountersQuery } from './run-query';

const askMs = 3_000;
/** Of a long run it is no quick question: most of the time it is not asked. */
const shareOfTime = 0.05;

/** What only the server can count. It is asked again while there is news. */
export function useRunCounters(id: string, version: number): RunPageCountersQuery['run'] {
  const [{ data, fetching }, ask] = useQuery({ query: CountersQuery, variables: { id } });
  const asked = useRef({ at: 0, tookMs: 0 });
  useEffect(() => {
    if (fetching) asked.current.at = performance.now();
    else asked.current.tookMs = performance.now() - asked.current.at;
  }, [fetching]);
  useEffect(() => {
    const { at, tookMs } = asked.current;
    const wait = Math.max(askMs, tookMs / shareOfTime);
    if (version > 0 && !fetching && performance.now() - at > wait) {
      ask({ requestPolicy: 'network-only' });
    }
  }, [version, fetching, ask]);
  return data?.run ?? null;
}
