import type { Page } from '@playwright/test';
import { addSubject, ask, startRun, statusOf, ticking } from './api';
import { expect, seriousFindings, test } from './lics';

const halt = (run: string) =>
  ask('mutation($run: ID!) { haltRun(input: { run: $run }) { run { id } } }', { run });

async function choose(page: Page, row: number, field: string, option: string | RegExp) {
  const box = page
    .getByRole('group', { name: `Run ${row}` })
    .getByRole('combobox', { name: field });
  await box.click();
  // Among any number of subjects: those that other tests have added are here, too.
  if (typeof option === 'string') await box.fill(option);
  await page.getByRole('option', { name: option }).click();
}

test('several subjects start on several boxes at once, and what speaks against it is said first', async ({
  page,
}) => {
  test.setTimeout(120_000);
  const one = await addSubject({ name: 'S-1', species: 'mouse', baselineGrams: 25 });
  await addSubject({ name: 'S-2', species: 'mouse' });
  const document = ticking('Two boxes', '200ms');
  const { saveProtocol } = await ask<{ saveProtocol: { protocol: { id: string } } }>(
    'mutation($input: SaveProtocolInput!) { saveProtocol(input: $input) { protocol { id } } }',
    { input: { name: document.name, document } },
  );
  const { saveExperiment } = await ask<{ saveExperiment: { experiment: { id: string } } }>(
    'mutation($input: SaveExperimentInput!) { saveExperiment(input: $input) { experiment { id } } }',
    { input: { name: 'Timing' } },
  );
  const earlier = await startRun({
    document: ticking('Earlier', '200ms'),
    subject: one,
    devices: [{ role: 'box', device: 'box-2' }],
  });
  const begun = [earlier];
  try {
    // The pages of a subject and an experiment lead here with what they are about.
    await page.goto(`/experiments/${saveExperiment.experiment.id}`);
    await page.getByRole('link', { name: 'Start a run' }).click();
    await expect(page).toHaveURL(new RegExp(`experiment=${saveExperiment.experiment.id}`));
    await page.goto(`/subjects/${one}`);
    await page.getByRole('link', { name: 'Start a run' }).click();
    await expect(page).toHaveURL(new RegExp(`subject=${one}`));
    await page.goto(
      `/runs/start?protocol=${saveProtocol.protocol.id}&subject=${one}&experiment=${saveExperiment.experiment.id}`,
    );
    await expect(page.getByRole('combobox', { name: 'Experiment' })).toHaveValue('Timing');
    const first = page.getByRole('group', { name: 'Run 1' });
    await expect(first.getByRole('combobox', { name: 'Subject' })).toHaveValue('S-1');
    await choose(page, 1, 'Device for box', /box-1/);
    await expect(first).toContainText(
      /Subject S-1 is in run .* of protocol Earlier, which is not over/,
    );
    await expect(first).toContainText('weigh');
    await first.getByText(/checks are fine/).click();
    await expect(first).toContainText('Device box-1 is online.');

    await page.getByRole('button', { name: 'Another subject' }).click();
    await choose(page, 2, 'Subject', 'S-2');
    const start = page.getByRole('button', { name: 'Start 2 runs' });
    await expect(start).toBeDisabled();
    await halt(earlier);
    await expect.poll(() => statusOf(earlier), { timeout: 30_000 }).toBe('HALTED');
    await choose(page, 2, 'Device for box', /box-2/);
    await first.getByRole('checkbox', { name: /I know better/ }).check();
    expect(await seriousFindings(page)).toEqual([]);
    await start.click();
    await expect(page.getByRole('link', { name: 'Started: watch it' })).toHaveCount(2);
    for (const link of await page.getByRole('link', { name: 'Started: watch it' }).all()) {
      const id = (await link.getAttribute('href'))?.split('/').at(-1) ?? '';
      begun.push(id);
      const { run } = await ask<{
        run: {
          subject: { name: string };
          experiment: { name: string };
          devices: { deviceId: string }[];
        };
      }>(
        'query($id: ID!) { run(id: $id) { subject { name } experiment { name } devices { deviceId } } }',
        { id },
      );
      expect(run.experiment.name).toBe('Timing');
      expect(`${run.subject.name} ${run.devices[0]?.deviceId}`).toMatch(/^(S-1 box-1|S-2 box-2)$/);
    }
    await page.goto('/runs');
    await expect(page.getByText(/^Trial \d+ of 1000000$/).first()).toBeVisible();
  } finally {
    for (const run of begun) await halt(run).catch(() => undefined);
    for (const run of begun) {
      await expect.poll(() => statusOf(run), { timeout: 30_000 }).toBe('HALTED');
    }
  }
});
