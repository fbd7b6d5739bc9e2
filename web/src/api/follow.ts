import type { Client } from 'graphql-ws';
import { stringifyDocument, type TypedDocumentNode } from 'urql';
import { socket } from './socket';

export interface Follower<Data> {
  next(data: Data): void;
  /** Cursor of what has just come. */
  cursor(data: Data): string;
  error(message: string): void;
  /** The server has nothing more to say, ever. */
  complete(): void;
}

/**
 * Follows a subscription that takes a cursor as `$after`. When the connection
 * was lost it goes on after the last thing that came, without a hole and
 * without a repetition. It bypasses the cache, for data of a high rate.
 * Returns what ends it.
 */
export function follow<Data, Variables extends { after?: string | null | undefined }>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  follower: Follower<Data>,
  client: Client = socket,
): () => void {
  let after = variables.after ?? null;
  return client.subscribe<Data>(
    {
      query: stringifyDocument(document),
      // Read again each time the client subscribes: at first, and after every loss.
      variables: {
        ...variables,
        get after() {
          return after;
        },
      },
    },
    {
      next: (result) => {
        if (result.errors?.length) {
          follower.error(result.errors.map((e) => e.message).join(' '));
        }
        if (result.data) {
          after = follower.cursor(result.data);
          follower.next(result.data);
        }
      },
      error: (reason) => follower.error(sentence(reason)),
      complete: () => follower.complete(),
    },
  );
}

function sentence(reason: unknown): string {
  if (Array.isArray(reason)) return reason.map(sentence).join(' ');
  if (typeof reason === 'object' && reason !== null) {
    if ('message' in reason && typeof reason.message === 'string') return reason.message;
    if ('reason' in reason && typeof reason.reason === 'string') return reason.reason;
  }
  return String(reason);
}
