import { useEffect, useState } from 'react';
import { useClient } from 'urql';
import { graphql } from '../../api/gql';
import { problem } from '../../api/problem';
import type { ProtocolDocument } from '../model/document';
import type { CheckState } from './check-context';

const CheckQuery = graphql(`
  query EditorCheck($document: JSON!) {
    checkProtocol(input: { document: $document }) {
      ok
      diagnostics { code severity node port edge field column message hint }
    }
  }
`);

/** How long a drawing must be left alone before the server is asked, in milliseconds. */
const calm = 300;

/** What the server says about a document, asked again after each change. Its word is the only truth. */
export function useServerCheck(document: ProtocolDocument): CheckState {
  const client = useClient();
  const [state, setState] = useState<CheckState>({ problems: [], stale: true, failed: null });
  useEffect(() => {
    setState((now) => ({ ...now, stale: true }));
    let over = false;
    const timer = setTimeout(async () => {
      const answer = await client
        .query(CheckQuery, { document }, { requestPolicy: 'network-only' })
        .toPromise();
      if (over) return; // a newer document is on its way
      setState(
        answer.data
          ? { problems: answer.data.checkProtocol.diagnostics, stale: false, failed: null }
          : {
              problems: [],
              stale: false,
              failed: answer.error ? problem(answer.error).message : null,
            },
      );
    }, calm);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [client, document]);
  return state;
}
