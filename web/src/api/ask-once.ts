import type { Client } from 'graphql-ws';
import { stringifyDocument, type TypedDocumentNode } from 'urql';
import { socket } from './socket';

/**
 * Asks a query once over the socket, past the cache: for answers of many rows.
 * When the connection is lost it is asked again. `end` gives it up; the promise
 * is then never settled.
 */
export function askOnce<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  client: Client = socket,
): { answer: Promise<Data>; end: () => void } {
  let end = () => {};
  const answer = new Promise<Data>((resolve, reject) => {
    end = client.subscribe<Data>(
      { query: stringifyDocument(document), variables: { ...variables } },
      {
        next: ({ data, errors }) => {
          if (errors?.length) reject(new Error(errors.map((e) => e.message).join(' ')));
          else if (data) resolve(data);
        },
        error: (reason) => reject(reason instanceof Error ? reason : new Error(String(reason))),
        complete: () => {},
      },
    );
  });
  return { answer, end };
}
