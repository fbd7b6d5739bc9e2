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
