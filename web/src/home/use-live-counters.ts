import { useEffect, useState } from 'react';
import { follow } from '../api/follow';
import { graphql } from '../api/gql';
import { count, type LiveCounters } from './live-counters';

const CountedEvents = graphql(`
  subscription CountedEvents($runId: ID!, $after: Cursor) {
    runEvents(runId: $runId, after: $after) { cursor kind name }
  }
`);

const showEveryMs = 250;

/** Goes on counting where the server's counters end, as long as the run does. */
export function useLiveCounters(
  runId: string,
  stored: LiveCounters & { cursor: string },
): LiveCounters {
  const [live, setLive] = useState<LiveCounters>(stored);
  useEffect(() => {
    let counters: LiveCounters = stored;
    setLive(stored);
    let shown: ReturnType<typeof setTimeout> | undefined;
    const stop = follow(
      CountedEvents,
      { runId, after: stored.cursor },
      {
        cursor: ({ runEvents }) => runEvents.cursor,
        next: ({ runEvents }) => {
          const next = count(counters, runEvents);
          if (next === counters) return;
          counters = next;
          shown ??= setTimeout(() => {
            shown = undefined;
            setLive(counters);
          }, showEveryMs);
        },
        error: () => undefined, // the numbers stay where they are, and the header shows the connection
        complete: () => undefined,
      },
    );
    return () => {
      stop();
      clearTimeout(shown);
    };
  }, [runId, stored]);
  return live;
}
