import { useMemo, useRef } from 'react';
import { ProtocolCanvas } from '../../editor/canvas/protocol-canvas';
import type { Catalogue } from '../../editor/model/catalogue';
import type { RunFeed } from '../live/run-feed';
import { useLook } from '../live/use-look';

/** The protocol with what is at work now. It looks into the task that runs, until a person looks elsewhere. */
export function RunGraph({ catalogue, feed }: { catalogue: Catalogue; feed: RunFeed }) {
  const version = useLook(feed);
  const active = useSame(feed.active(), version);
  const visited = useSame(new Set(feed.visited), version);
  const place = useRef<string | undefined>(undefined);
  // After the end one still sees where it was.
  place.current = feed.place() ?? place.current;
  const document = useMemo(() => feed.names.document, [feed]);
  return (
    <ProtocolCanvas
      catalogue={catalogue}
      document={document}
      active={active}
      visited={visited}
      inside={place.current}
    />
  );
}

/** The set of before while it holds the same. */
function useSame(now: ReadonlySet<string>, _version: number): ReadonlySet<string> {
  const last = useRef(now);
  if (last.current.size !== now.size || [...now].some((id) => !last.current.has(id))) {
    last.current = now;
  }
  return last.current;
}
