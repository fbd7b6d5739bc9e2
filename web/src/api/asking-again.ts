import type { Exchange, Operation } from 'urql';
import { filter, makeSubject, merge, pipe, tap } from 'wonka';
import { useConnection } from './connection';

/**
 * Asks every query that a component shows again when a lost connection has
 * come back, and when the person comes back to the window after a while: what
 * has changed meanwhile was not heard.
 */
export const askingAgain: Exchange = ({ client, forward }) => {
  const shown = new Map<number, Operation>();
  const again = makeSubject<Operation>();

  useConnection.subscribe((now, before) => {
    if (now.returns === before.returns) return;
    for (const operation of shown.values()) {
      again.next(
        client.createRequestOperation('query', operation, {
          ...operation.context,
          requestPolicy: 'network-only',
        }),
      );
    }
  });

  return (operations) =>
    forward(
      merge([
        pipe(
          operations,
          tap((operation) => {
            if (operation.kind === 'query') shown.set(operation.key, operation);
            if (operation.kind === 'teardown') shown.delete(operation.key);
          }),
        ),
        pipe(
          again.source,
          filter((operation) => shown.has(operation.key)),
        ),
      ]),
    );
};
