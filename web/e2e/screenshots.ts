import { addSubject, ask, askForWeight, startRun } from './api';
import { expect, test } from './lics';

// Pictures of every page in both themes. `make screenshots` takes them.

const shots = 'screenshots';
const dayMs = 86_400_000;
const weighings = 21;

interface Things {
  run: string;
  subject: string;
  experiment: string;
  protocol: string;
}

let things: Things;

test.beforeAll(async () => {
  // After a picture that failed another process goes on.
  things = (await seeded()) ?? (await seed());
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [size, viewport] of [
    ['laptop', { width: 1366, height: 768 }],
    ['phone', { width: 390, height: 844 }],
  ] as const) {
    test.describe(`${colorScheme}, ${size}`, () => {
      // The tests listen to the console; a picture is taken all the same.
      test.use({ colorScheme, viewport, expectedMessages: [/.*/s] });

      for (const [name, path] of pages()) {
        test(name, async ({ page }) => {
          await page.goto(path());
          await expect(page.locator('#content')).toBeVisible();
          await expect(page.getByText('Loading…')).toHaveCount(0);
          await expect(page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible();
          // What is drawn on a canvas is there some frames later.
          await page.evaluate(() => new Promise((drawn) => setTimeout(drawn, 800)));
          await page.screenshot({ path: `${shots}/${name}-${colorScheme}-${size}.png` });
        });
      }
    });
  }
}

function pages(): [name: string, path: () => string][] {
  return [
    ['home', () => '/'],
    ['inbox', () => '/inbox'],
    ['runs', () => '/runs'],
    ['run', () => `/runs/${things.run}`],
    ['start', () => `/runs/start?protocol=${things.protocol}`],
    ['protocols', () => '/protocols'],
    ['editor', () => `/editor/${things.protocol}`],
    ['templates', () => '/templates'],
    ['devices', () => '/devices'],
    ['device', () => '/devices/box-2'],
    ['subjects', () => '/subjects'],
    ['subject', () => `/subjects/${things.subject}`],
    ['experiments', () => '/experiments'],
    ['experiment', () => `/experiments/${things.experiment}`],
  ];
}

async function seeded(): Promise<Things | null> {
  const { experiments } = await ask<{
    experiments: {
      nodes: {
        id: string;
        subjects: { nodes: { id: string }[] };
        protocols: { nodes: { id: string }[] };
        runs: { nodes: { id: string }[] };
      }[];
    };
  }>(
    `{ experiments(first: 1) { nodes {
      id subjects(first: 1) { nodes { id } } protocols(first: 1) { nodes { id } } runs(first: 1) { nodes { id } }
    } } }`,
  );
  const [found] = experiments.nodes;
  const [subject] = found?.subjects.nodes ?? [];
  const [protocol] = found?.protocols.nodes ?? [];
  const [run] = found?.runs.nodes ?? [];
  if (!found || !subject || !protocol || !run) return null;
  return { experiment: found.id, subject: subject.id, protocol: protocol.id, run: run.id };
}

async function seed(): Promise<Things> {
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
  const subjects = await Promise.all(
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
  const [subject = ''] = subjects;
  for (let day = weighings; day >= 0; day--) {
    // Less and less at first, then back.
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
  const { saveExperiment } = await ask<{ saveExperiment: { experiment: { id: string } } }>(
    'mutation($input: SaveExperimentInput!) { saveExperiment(input: $input) { experiment { id } } }',
    { input: { name: 'Attention', description: 'Five-choice task, within subjects.' } },
  );
  const experiment = saveExperiment.experiment.id;
  await ask(
    'mutation($input: AddToExperimentInput!) { addToExperiment(input: $input) { experiment { id } } }',
    { input: { experiment, subjects, protocols: [protocol] } },
  );
  const document = templates.find(({ name }) => name === '5csrtt')?.document;
  const run = await startRun({
    document,
    devices: [{ role: 'box', device: 'box-1' }],
    subject,
    experiment,
  });
  await startRun({ document: askForWeight, devices: [], subject: subjects[1] });
  return { run, subject, experiment, protocol };
}
