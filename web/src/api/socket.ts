import { type Client, createClient } from 'graphql-ws';
import { useConnection } from './connection';
import { ended } from './session';

const unauthenticated = 4401;
const forbidden = 4403;
const longestWaitMs = 8_000;

/** One WebSocket for all subscriptions. It opens with the first and comes back for ever. */
export const socket: Client = createClient({
  url: () => `${location.origin.replace(/^http/, 'ws')}/graphql`,
  retryAttempts: Number.POSITIVE_INFINITY,
  retryWait: (retries) => wait(Math.min(longestWaitMs, 250 * 2 ** Math.min(retries, 8))),
  shouldRetry: (reason) => closeCode(reason) !== forbidden,
  keepAlive: 15_000,
  lazyCloseTimeout: 2_000,
  on: {
    connecting: (retrying) =>
      useConnection.setState({ connection: retrying ? 'reconnecting' : 'connecting' }),
    connected: (_socket, _payload, wasRetry) =>
      useConnection.setState(({ returns }) => ({
        connection: 'live',
        returns: wasRetry ? returns + 1 : returns,
      })),
    closed: (event) => {
      const code = closeCode(event);
      if (code === unauthenticated || code === forbidden) ended();
      useConnection.setState({ connection: code === 1000 ? 'idle' : 'reconnecting' });
    },
  },
});

function closeCode(event: unknown): number | undefined {
  if (typeof event !== 'object' || event === null || !('code' in event)) return undefined;
  return typeof event.code === 'number' ? event.code : undefined;
}

/** Waits with some chance, so that a hundred pages do not come back at once, but not when the network is back. */
function wait(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener('online', done);
      resolve();
    };
    const timer = setTimeout(done, ms * (0.75 + Math.random() / 2));
    addEventListener('online', done);
  });
}
