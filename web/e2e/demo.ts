import { addSubject, ask, askForWeight, startRun, statusOf } from './api';
import { expect } from './lics';

// What a lab has after some weeks, for the pictures.

const dayMs = 86_400_000;
const weighings = 21;
const sessionsBefore = 2;

/** What the pictures are of. */
export interface Demo {
  run: string;
  finished: string;
  subject: string;
  experiment: string;
  protocol: string;
}

/** After a picture that failed another process goes on: it finds what the first one made. */
export async function found(): Promise<Demo | null> {
  const { experiments } = await ask<{
    experiments: {
      nodes: {
        id: string;
        subjects: { nodes: { id: string; name: string }[] };
        protocols: { nodes: { id: string }[] };
        runs: { nodes: { id: string; status: string }[] };
      }[];
    };
  }>(
    `{ experiments(first: 1) { nodes {
      id subjects(first: 9) { nodes { id name } } protocols(first: 1) { nodes { id } } runs(first: 9) { nodes { id status } }
    } } }`,
  );
  const [experiment] = experiments.nodes;
  const subject = experiment?.subjects.nodes.find(({ name }) => name === 'M001');
  const protocol = experiment?.protocols.nodes[0];
  const run = experiment?.runs.nodes.find(({ status }) => status === 'RUNNING');
  const finished = experiment?.runs.nodes.find(({ status }) => status === 'COMPLETED');
  if (!experiment || !subject || !protocol || !run || !finished) return null;
  return {
    experiment: experiment.id,
    subject: subject.id,
    protocol: protocol.id,
    run: run.id,
    finished: finished.id,
  };
}

/** Subjects with weights, an experiment, runs that are over, one that goes on, and one that waits for a person. */
export async function make(): Promise<Demo> {
  const { document, protocol } = await protocols();
  const subjects = await cohort();
  const [subject = ''] = subjects;
  await weigh(subject);
  const { saveExperiment } = await ask<{ saveExperiment: { experiment: { id: string } } }>(
    'mutation($input: SaveExperimentInput!) { saveExperiment(input: $input) { experiment { id } } }',
    { input: { name: 'Attention', description: 'Five-choice task, within subjects.' } },
  );
  const experiment = saveExperiment.experiment.id;
  await ask(
    'mutation($input: AddToExperimentInput!) { addToExperiment(input: $input) { experiment { id } } }',
    { input: { experiment, subjects, protocols: [protocol] } },
  );
  const session = { document, subject, experiment };
  const finished: string[] = [];
  for (let n = 0; n < sessionsBefore; n++) {
    const id = await startRun({
      ...session,
      devices: [{ role: 'box', device: 'box-2' }],
      parameters: { max_trials: 10, stage: 3 },
    });
    await expect.poll(() => statusOf(id), { timeout: 90_000 }).toBe('COMPLETED');
    finished.push(id);
  }
  const run = await startRun({
    ...session,
    devices: [{ role: 'box', device: 'box-1' }],
    parameters: { max_trials: 5_000, session: '8h', stage: 3 },
  });
  await startRun({ document: askForWeight, devices: [], subject: subjects[1] });
  await expect.poll(() => trialsOf(run), { timeout: 90_000 }).toBeGreaterThan(25);
  return { run, finished: finished[0] ?? '', subject, experiment, protocol };
}

/** All templates as protocols; the five-choice task for the rest. */
async function protocols(): Promise<{ document: unknown; protocol: string }> {
  const { templates } = await ask<{ templates: { name: string; document: unknown }[] }>(
    '{ templates { name document } }',
  );
  let protocol = '';
  for (const { name, document } of templates) {
    const { saveProtocol } = await ask<{ saveProtocol: { protocol: { id: string } } }>(
      'mutation($input: SaveProtocolInput!) { saveProtocol(input: $input) { protocol { id } } }',
      { input: { document } },
    );
    if (name === '5csrtt') protocol = saveProtocol.protocol.id;
  }
  return { document: templates.find(({ name }) => name === '5csrtt')?.document, protocol };
}

function cohort(): Promise<string[]> {
  return Promise.all(
    ['M001', 'M002', 'M003', 'M004'].map((name, i) =>
      addSubject({
        name,
        species: 'mouse',
        sex: i % 2 ? 'M' : 'F',
        bornOn: '2026-05-01',
        cohort: 'A',
        baselineGrams: 24 + i / 2,
      }),
    ),
  );
}

/** Less and less at first, then back. */
async function weigh(subject: string): Promise<void> {
  for (let day = weighings; day >= 0; day--) {
    const grams = 24 - 3 * Math.sin((Math.PI * (weighings - day)) / weighings);
    await ask(
      'mutation($input: RecordWeightInput!) { recordWeight(input: $input) { weight { id } } }',
      {
        input: {
          subject,
          grams: Math.round(grams * 10) / 10,
          at: new Date(Date.now() - day * dayMs - 3_600_000).toISOString(),
          confirm: true,
        },
      },
    );
  }
}

async function trialsOf(id: string): Promise<number> {
  const { run } = await ask<{ run: { counters: { trials: number } } }>(
    'query($id: ID!) { run(id: $id) { counters { trials } } }',
    { id },
  );
  return run.counters.trials;
}
