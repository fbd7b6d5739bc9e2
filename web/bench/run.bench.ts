import { type Page, test } from '@playwright/test';
import { ask, startRun, statusOf, ticking } from '../e2e/api';
import { framesDuring, quantile } from './frames';

/** A task makes six rows in two periods. */
const rowsPerTrial = 6;
const device = [{ role: 'box', device: 'box-1' }];

async function login(page: Page): Promise<void> {
  await page.goto(process.env.LICS_E2E_URL ?? '');
  await page.locator('input[name=token]').fill(process.env.LICS_E2E_TOKEN ?? '');
  await page.keyboard.press('Enter');
  await page.locator('#content').waitFor();
}

const say = (what: string, figure: string) =>
  process.stdout.write(`${what.padEnd(46)}${figure.padStart(14)}\n`);

async function heapMB(page: Page): Promise<number> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  await devtools.detach();
  return usedSize / 2 ** 20;
}

/** Rows that the list holds, by the row count that it tells a screen reader. */
const rowsOf = (page: Page) =>
  page
    .locator('table[aria-rowcount]')
    .last()
    .getAttribute('aria-rowcount')
    .then((n) => Number(n) - 1);

const stored = async (id: string) => {
  const { run } = await ask<{ run: { counters: { trials: number } } }>(
    'query($id: ID!) { run(id: $id) { counters { trials } } }',
    { id },
  );
  return run.counters.trials;
};

test('a run of a thousand rows a second while it is watched', async ({ page }) => {
  test.setTimeout(180_000);
  await login(page);
  const id = await startRun({ document: ticking('A thousand rows', '3ms'), devices: device });
  await page.goto(`${process.env.LICS_E2E_URL}/runs/${id}`);
  await page.getByRole('button', { name: 'As a table' }).click();
  await page.waitForTimeout(3_000); // what is done once is not what is measured
  const heapBefore = await heapMB(page);
  await page.evaluate(() => {
    const long: number[] = [];
    Object.assign(window, { benchLong: long });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) long.push(duration);
    }).observe({ type: 'longtask' });
  });
  const rowsBefore = await rowsOf(page);
  const began = performance.now();
  const frames = await framesDuring(page, () => page.waitForTimeout(30_000));
  const seconds = (performance.now() - began) / 1_000;
  const rows = (await rowsOf(page)) - rowsBefore;
  const long = await page.evaluate(() => (window as unknown as { benchLong: number[] }).benchLong);
  const heapAfter = await heapMB(page);
  await ask('mutation($run: ID!) { stopRun(input: { run: $run }) { run { id } } }', { run: id });
  const stopped = performance.now();
  await page.getByText('Stopped', { exact: true }).waitFor({ timeout: 60_000 });
  const shownMs = performance.now() - stopped;

  process.stdout.write('\n');
  say('rows in a second', (rows / seconds).toFixed(0));
  say('frame, p50', `${quantile(frames, 0.5).toFixed(1)} ms`);
  say('frame, p95', `${quantile(frames, 0.95).toFixed(1)} ms`);
  say('frame, p99', `${quantile(frames, 0.99).toFixed(1)} ms`);
  say('tasks over 50 ms in 30 s', String(long.length));
  say('the longest of them', `${Math.max(0, ...long).toFixed(0)} ms`);
  say('heap, before and after', `${heapBefore.toFixed(0)} → ${heapAfter.toFixed(0)} MB`);
  say('heap for each row', `${(((heapAfter - heapBefore) * 2 ** 20) / rows).toFixed(0)} B`);
  say('stop to "Stopped", every row stored', `${(shownMs / 1_000).toFixed(1)} s`);
});

test('opening a run of two hundred thousand rows', async ({ page }) => {
  test.setTimeout(300_000);
  await login(page);
  const trials = Math.ceil(200_000 / rowsPerTrial);
  const id = await startRun({ document: ticking('Long', '200us', trials), devices: device });
  while ((await statusOf(id)) !== 'COMPLETED') await page.waitForTimeout(1_000);
  const openings: number[] = [];
  for (let n = 0; n < 3; n++) {
    await page.goto(`${process.env.LICS_E2E_URL}/runs`);
    const began = performance.now();
    await page.goto(`${process.env.LICS_E2E_URL}/runs/${id}`);
    await page.getByRole('button', { name: 'As a table' }).click();
    await page.locator('td', { hasText: 'COMPLETED' }).first().waitFor({ timeout: 120_000 });
    openings.push(performance.now() - began);
  }
  process.stdout.write('\n');
  say('rows', String((await stored(id)) * rowsPerTrial));
  say('open until the last row is shown, median', `${quantile(openings, 0.5).toFixed(0)} ms`);
});
