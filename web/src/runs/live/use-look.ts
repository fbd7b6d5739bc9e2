import { useEffect, useReducer } from 'react';
import type { RunFeed } from './run-feed';

/** How often a part of the page looks at what came, unless it says otherwise. */
const lookMs = 250;

/**
 * Renders a component again when its feed has news, a few times a second at
 * most. Only what shows the news asks for it: the rest of the page stays still.
 * The answer changes when there are some.
 */
export function useLook(feed: RunFeed, everyMs = lookMs): number {
  const [version, look] = useReducer(() => feed.version, feed.version);
  useEffect(() => {
    const timer = setInterval(look, everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return version;
}
