import { useEffect, useState } from 'react';
import type { ProtocolDocument } from '../../editor/model/document';
import { momentMs } from './moment';
import { ProtocolNames } from './protocol-names';
import { RunFeed } from './run-feed';
import { RunLoader } from './run-loader';

export interface Followed {
  feed: RunFeed;
  /** The latest rows are there. */
  loaded: boolean;
  error: string | null;
  /** The server has nothing more to say. */
  complete: boolean;
}

/** Follows one run (another run needs a key). Nothing is lost when the connection is. */
export function useRunFeed(run: {
  id: string;
  createdAt: string;
  document: ProtocolDocument;
}): Followed {
  const { id, createdAt, document } = run;
  // Not made again with the answer it was made from: the events come only once.
  const [loader] = useState(() => {
    const feed = new RunFeed(new ProtocolNames(document), momentMs(createdAt));
    return new RunLoader(id, feed);
  });
  const [loaded, setLoaded] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [complete, setComplete] = useState(false);

  useEffect(() => {
    setComplete(false);
    setError(null);
    return loader.start({
      loaded: () => setLoaded(true),
      error: setError,
      complete: () => setComplete(true),
    });
  }, [loader]);

  return { feed: loader.feed, loaded, error, complete };
}
