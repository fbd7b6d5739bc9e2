import { ready } from './lics';

/** Asks the API as the administrator, for what a test needs to be there. */
export async function ask<Data>(
  query: string,
  variables: Record<string, unknown> = {},
): Promise<Data> {
  const { url, token } = ready();
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await answer.json();
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

/** Adds a subject, and gives its id. */
export async function addSubject(input: Record<string, unknown>): Promise<string> {
  const { saveSubject } = await ask<{ saveSubject: { subject: { id: string } } }>(
    'mutation($input: SaveSubjectInput!) { saveSubject(input: $input) { subject { id } } }',
    { input },
  );
  return saveSubject.subject.id;
}

/** Starts a run, and gives its id. */
export async function startRun(input: Record<string, unknown>): Promise<string> {
  const { startRun: started } = await ask<{ startRun: { run: { id: string } } }>(
    'mutation($input: StartRunInput!) { startRun(input: $input) { run { id } } }',
    { input },
  );
  return started.run.id;
}

/** The status of a run. */
export async function statusOf(id: string): Promise<string> {
  const { run } = await ask<{ run: { status: string } }>(
    'query($id: ID!) { run(id: $id) { status } }',
    { id },
  );
  return run.status;
}

/** A protocol whose task goes to and fro between two states; each trial makes six rows. */
export function ticking(name: string, period: string, trials = 1_000_000) {
  const position = { x: 0, y: 0 };
  const state = (id: string, data: Record<string, unknown>) => ({
    id,
    type: 'state',
    parent: 'task',
    position,
    data: { name: id, timer: period, ...data },
  });
  return {
    kind: 'lics.protocol',
    format: 1,
    name,
    roles: [{ name: 'box', channels: [{ name: 'house_light', direction: 'out' }] }],
    nodes: [
      { id: 'start', type: 'start', position },
      {
        id: 'task',
        type: 'task',
        position: { x: 200, y: 0, width: 600, height: 300 },
        data: { label: 'Clock', role: 'box', initial: 'tick', limits: { trials: String(trials) } },
      },
      state('tick', { trial: true, outputs: [{ channel: 'house_light' }] }),
      state('tock', { entry: [{ do: 'outcome', outcome: 'correct' }] }),
      { id: 'end', type: 'end', position: { x: 900, y: 0 }, data: { outcome: 'done' } },
    ],
    edges: [
      { id: 'e1', source: 'start', target: 'task' },
      { id: 'e2', source: 'task', sourceHandle: 'limit', target: 'end' },
      { id: 'e3', source: 'tick', target: 'tock', data: { event: 'timeup' } },
      { id: 'e4', source: 'tock', target: 'tick', data: { event: 'timeup' } },
    ],
  };
}

export interface RecordedEvent {
  source: 'RUN' | 'DEVICE';
  at: string;
  kind: string;
  name: string;
  value: unknown;
  deviceId: string | null;
}

interface RecordedPage {
  createdAt: string;
  events: {
    nodes: RecordedEvent[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
}

/** Everything that is stored of a run. */
export async function eventsOf(
  id: string,
): Promise<{ createdAt: string; events: RecordedEvent[] }> {
  const events: RecordedEvent[] = [];
  let after: string | null = null;
  for (;;) {
    const { run }: { run: RecordedPage } = await ask(
      `query($id: ID!, $after: Cursor) { run(id: $id) { createdAt events(first: 1000, after: $after) {
        nodes { source at kind name value deviceId } pageInfo { hasNextPage endCursor } } } }`,
      { id, after },
    );
    events.push(...run.events.nodes);
    if (!run.events.pageInfo.hasNextPage) return { createdAt: run.createdAt, events };
    after = run.events.pageInfo.endCursor;
  }
}

/** A protocol that only asks a person for a weight. */
export const askForWeight = {
  kind: 'lics.protocol',
  format: 1,
  name: 'Weigh and confirm',
  variables: [{ name: 'weight_g', type: 'float' }],
  nodes: [
    { id: 'start', type: 'start', position: { x: 0, y: 0 }, data: {} },
    {
      id: 'ask',
      type: 'human',
      position: { x: 200, y: 0 },
      data: {
        title: 'Weigh the animal',
        text: 'Close the door before you answer.',
        choices: ['Ready'],
        timeout: '2h',
        form: [
          {
            variable: 'weight_g',
            label: 'Weight',
            unit: 'g',
            required: true,
            minimum: '5',
            maximum: '60',
            plausible_minimum: '15',
          },
        ],
      },
    },
    { id: 'end', type: 'end', position: { x: 500, y: 0 }, data: {} },
  ],
  edges: [
    { id: 'a', source: 'start', sourceHandle: 'out', target: 'ask', targetHandle: 'in' },
    { id: 'b', source: 'ask', sourceHandle: 'Ready', target: 'end', targetHandle: 'in' },
    { id: 'c', source: 'ask', sourceHandle: 'timeout', target: 'end', targetHandle: 'in' },
  ],
};
