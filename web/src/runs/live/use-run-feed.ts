import { useEffect, useReducer, useState } from 'react';
import type { ProtocolDocument } from '../../editor/model/document';
import { momentMs } from './moment';
import { ProtocolNames } from './protocol-names';
import { RunFeed } from './run-feed';
import { RunLoader } from './run-loader';

/** How often the page, apart from the raster, looks at what came. */
const lookMs = 250;

export interface Followed {
  feed: RunFeed;
  /** Changes when there is something new to render. */
  version: number;
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
  const { feed } = loader;
  const [version, look] = useReducer(() => feed.version, 0);
  const [loaded, setLoaded] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [complete, setComplete] = useState(false);

  useEffect(() => {
    setComplete(false);
    setError(null);
    const end = loader.start({
      loaded: () => setLoaded(true),
      error: setError,
      complete: () => setComplete(true),
    });
    const timer = setInterval(look, lookMs);
    return () => {
      end();
      clearInterval(timer);
    };
  }, [loader]);

  return { feed, version, loaded, error, complete };
}
