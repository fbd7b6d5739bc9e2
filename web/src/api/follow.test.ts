import type { AddressInfo } from 'node:net';
import { buildSchema, parse } from 'graphql';
import { type Client, createClient } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import type { TypedDocumentNode } from 'urql';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type WebSocket as Connection, WebSocket, WebSocketServer } from 'ws';
import { follow } from './follow';

const last = 7;
const document: TypedDocumentNode<{ numbers: { cursor: string } }, { after?: string | null }> =
  parse('subscription ($after: String) { numbers(after: $after) { cursor } }');

let server: WebSocketServer;
let client: Client;
/** What each subscription asked to go on after. */
let asked: (string | null)[];
/** The connection is cut before the number after this one, once. */
let cutAfter: number;
let open: Connection | undefined;

beforeEach(async () => {
  asked = [];
  cutAfter = 0;
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (socket) => {
    open = socket;
  });
  useServer(
    {
      schema: buildSchema(`
        type Query { none: Int }
        type Number { cursor: String! }
        type Subscription { numbers(after: String): Number! }
      `),
      roots: { subscription: { numbers } },
    },
    server,
  );
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  client = createClient({
    url: `ws://127.0.0.1:${port}`,
    // Not jsdom's: its events are of another world than Node's.
    webSocketImpl: WebSocket,
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: () => Promise.resolve(),
  });
});

afterEach(async () => {
  await client.dispose();
  await new Promise((resolve) => server.close(resolve));
});

async function* numbers({ after = null }: { after?: string | null }) {
  asked.push(after);
  for (let n = Number(after ?? 0) + 1; n <= last; n++) {
    if (cutAfter > 0 && n > cutAfter) {
      cutAfter = 0;
      open?.terminate();
      return;
    }
    yield { numbers: { cursor: String(n) } };
  }
}

function all(variables: { after?: string | null }): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const seen: string[] = [];
    follow(
      document,
      variables,
      {
        next: (data) => seen.push(data.numbers.cursor),
        cursor: (data) => data.numbers.cursor,
        error: (message) => reject(new Error(message)),
        complete: () => resolve(seen),
      },
      client,
    );
  });
}

test('a lost connection leaves neither a hole nor a repetition', async () => {
  cutAfter = 3;
  expect(await all({})).toEqual(['1', '2', '3', '4', '5', '6', '7']);
  expect(asked).toHaveLength(2);
  expect(asked[1]).not.toBeNull();
});

test('it begins after the cursor that is given', async () => {
  expect(await all({ after: '5' })).toEqual(['6', '7']);
  expect(asked).toEqual(['5']);
});

test('what the server refuses is told in its words', async () => {
  const wrong: typeof document = parse('subscription { letters { cursor } }');
  const told = new Promise<string>((resolve) => {
    follow(
      wrong,
      {},
      { next: () => {}, cursor: () => '', error: resolve, complete: () => {} },
      client,
    );
  });
  expect(await told).toContain('Cannot query field "letters"');
});
