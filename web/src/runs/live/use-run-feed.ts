import { useEffect, useReducer, useState } from 'react';
import { follow } from '../../api/follow';
import { graphql } from '../../api/gql';
import type { ProtocolDocument } from '../../editor/model/document';
import { momentMs } from './moment';
import { ProtocolNames } from './protocol-names';
import { RunFeed } from './run-feed';

const RunEvents = graphql(`
  subscription RunFeedEvents($runId: ID!, $after: Cursor) {
    runEvents(runId: $runId, after: $after) {
      cursor source at kind name node value deviceId
    }
  }
`);

/** How often the page, apart from the raster, looks at what came. */
const lookMs = 250;

export interface Followed {
  feed: RunFeed;
  /** Changes when there is something new to render. */
  version: number;
  error: string | null;
  /** The server has nothing more to say. */
  complete: boolean;
}

/** Follows one run from its first event (another run needs a key). Nothing is lost when the connection is. */
export function useRunFeed(run: {
  id: string;
  createdAt: string;
  document: ProtocolDocument;
}): Followed {
  const { id, createdAt, document } = run;
  // Not made again with the answer it was made from: the events come only once.
  const [feed] = useState(() => new RunFeed(new ProtocolNames(document), momentMs(createdAt)));
  const [version, look] = useReducer(() => feed.version, 0);
  const [error, setError] = useState<string | null>(null);
  const [complete, setComplete] = useState(false);

  useEffect(() => {
    setComplete(false);
    setError(null);
    // To be stopped completes it, too, which is not its end.
    let stopped = false;
    const end = follow(
      RunEvents,
      { runId: id, after: feed.cursor },
      {
        cursor: ({ runEvents }) => runEvents.cursor,
        next: ({ runEvents }) => {
          if (!stopped) feed.push(runEvents);
        },
        error: setError,
        complete: () => {
          if (stopped) return;
          feed.finish();
          setComplete(true);
        },
      },
    );
    const timer = setInterval(look, lookMs);
    return () => {
      stopped = true;
      end();
      clearInterval(timer);
    };
  }, [id, feed]);

  return { feed, version, error, complete };
}
