import { Client, fetchExchange, mapExchange, subscriptionExchange } from 'urql';
import { askingAgain } from './asking-again';
import { cache } from './cache';
import { problem } from './problem';
import { ended } from './session';
import { socket } from './socket';

/** A client with an empty cache. The session is a cookie: nothing else says who asks. */
export function newClient(): Client {
  return new Client({
    url: '/graphql',
    preferGetMethod: false,
    requestPolicy: 'cache-and-network',
    exchanges: [
      mapExchange({
        onError: (error) => {
          if (problem(error).code === 'UNAUTHENTICATED') ended();
        },
      }),
      askingAgain,
      cache(),
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query, variables }) => ({
          subscribe: (sink) => ({
            unsubscribe: socket.subscribe(
              { query: query ?? '', variables: variables ?? {} },
              {
                next: ({ data = null, errors = [] }) => sink.next({ data, errors }),
                error: (reason) => sink.error(reason),
                complete: () => sink.complete(),
              },
            ),
          }),
        }),
      }),
    ],
  });
}
