import type { Page } from '@playwright/test';
import { clockText } from '../src/plot/raster/window';
import { momentMs } from '../src/runs/live/moment';
import { valueText } from '../src/runs/live/value-text';
import { ask, eventsOf, startRun, statusOf, ticking } from './api';
import { expect, seriousFindings, test } from './lics';
import { kill } from './parts';

const table = (page: Page) => page.getByRole('table', { name: 'Recorded events, latest first' });

/** Every row of the list of events, in the order of the run, as `writer | time | kind | name | value`. */
async function listed(page: Page): Promise<string[]> {
  const rows = new Map<number, string>();
  const box = page.getByRole('region', { name: 'Recorded events, latest first' });
  for (;;) {
    const shown = await box.evaluate((element) => {
      const seen = [...element.querySelectorAll('tr[data-place]')].map((row) => [
        Number(row.getAttribute('data-place')),
        [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? ''),
      ]);
      const before = element.scrollTop;
      element.scrollBy({ top: element.clientHeight - 80 });
      return { seen: seen as [number, string[]][], moved: element.scrollTop > before };
    });
    for (const [place, [at, from, kind, name, value]] of shown.seen) {
      rows.set(place, [from, at, kind, name, value].join(' | '));
    }
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    const more = (await table(page).getAttribute('aria-rowcount')) === '-1';
    if (!shown.moved && !more) break;
  }
  await box.evaluate((element) => element.scrollTo({ top: 0 }));
  return [...rows].sort(([a], [b]) => a - b).map(([, text]) => text);
}

/** The same of what is stored. */
async function stored(id: string): Promise<string[]> {
  const { createdAt, events } = await eventsOf(id);
  return events.map(({ at, kind, name, value, deviceId }) =>
    [
      deviceId ?? '',
      clockText(momentMs(at) - momentMs(createdAt), 1),
      kind,
      name,
      valueText(value),
    ].join(' | '),
  );
}

/** Each writer's rows in its order: those of several writers come as they come. */
function byWriter(rows: readonly string[]): Record<string, string[]> {
  const out: Record<string, string[]> = {};
  for (const row of rows) {
    const writer = row.split(' | ')[0] || 'session';
    out[writer] = [...(out[writer] ?? []), row];
  }
  return out;
}

const stop = (run: string) =>
  ask('mutation($run: ID!) { stopRun(input: { run: $run }) { run { id } } }', { run });

test.describe('when parts of the system are killed while a run is watched', () => {
  test.use({ expectedMessages: [/ERR_CONNECTION|WebSocket|Failed to load resource/] });

  test('the page says so, recovers by itself, and has every row once', async ({ page }) => {
    test.setTimeout(150_000);
    const id = await startRun({
      document: ticking('Clock', '80ms'),
      devices: [{ role: 'box', device: 'box-1' }],
    });
    try {
      await page.goto(`/runs/${id}`);
      await page.getByRole('button', { name: 'As a table' }).click();
      const live = page.getByRole('status').filter({ hasText: 'Live' });
      const reconnecting = page.getByRole('status').filter({ hasText: 'Reconnecting' });
      const rows = async () => Number(await table(page).getAttribute('aria-rowcount'));
      await expect.poll(rows).toBeGreaterThan(100);
      for (const part of ['server', 'worker', 'server'] as const) {
        kill(part);
        if (part === 'server') {
          await expect(reconnecting).toBeVisible();
          await expect(live).toBeVisible({ timeout: 30_000 });
        }
        const before = await rows();
        await expect.poll(rows, { timeout: 30_000 }).toBeGreaterThan(before + 100);
      }
    } finally {
      await expect
        .poll(() => stop(id).then(() => 'asked', String), { timeout: 30_000 })
        .toBe('asked');
    }
    await expect(page.getByText('Stopped', { exact: true })).toBeVisible({ timeout: 60_000 });
    await expect.poll(() => statusOf(id)).toBe('STOPPED');

    const want = await stored(id);
    expect(want.length).toBeGreaterThan(400);
    expect(byWriter(await listed(page))).toEqual(byWriter(want));
    const trials = want.filter((row) => row.includes(' | trial | ')).length;
    await expect(page.getByText(String(trials), { exact: true }).first()).toBeVisible();
  });
});

test('a long run opens with its latest events, and reads back what is looked for', async ({
  page,
}) => {
  test.setTimeout(150_000);
  const id = await startRun({
    document: ticking('Fast clock', '2ms', 1_600),
    devices: [{ role: 'box', device: 'box-2' }],
  });
  await expect.poll(() => statusOf(id), { timeout: 60_000 }).toBe('COMPLETED');
  const want = await stored(id);
  expect(want.length).toBeGreaterThan(9_000);

  const asked: string[] = [];
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => asked.push(String(payload))),
  );
  const pages = () => asked.filter((text) => text.includes('RunFeedPage')).length;
  await page.goto(`/runs/${id}`);
  await page.getByRole('button', { name: 'As a table' }).click();
  await expect(table(page)).toContainText('COMPLETED');
  await expect(page.getByText('1600', { exact: true }).first()).toBeVisible();
  await expect.poll(pages).toBeGreaterThanOrEqual(5);
  expect(pages(), 'it does not load everything').toBeLessThanOrEqual(6);

  // The picture asks for more when it is moved to where nothing is loaded.
  const picture = page.getByRole('application', { name: 'Events over time' });
  await picture.focus();
  const before = pages();
  await page.keyboard.press('-');
  await expect.poll(pages).toBeGreaterThan(before);
  await page.keyboard.press('0');
  await expect(table(page)).not.toHaveAttribute('aria-rowcount', '-1', { timeout: 20_000 });
  expect(Number(await table(page).getAttribute('aria-rowcount'))).toBe(want.length + 1);
});

test('a finished run is replayed: the same by its own version, and where another one parts', async ({
  page,
}) => {
  test.setTimeout(90_000);
  const id = await startRun({
    document: ticking('Replayed clock', '20ms', 5),
    devices: [{ role: 'box', device: 'box-2' }],
  });
  await expect.poll(() => statusOf(id), { timeout: 60_000 }).toBe('COMPLETED');
  const slower = ticking('Replayed clock', '30ms', 5);
  await ask(
    'mutation($input: SaveProtocolInput!) { saveProtocol(input: $input) { version { id } } }',
    { input: { name: slower.name, document: slower } },
  );
  await page.goto(`/runs/${id}`);
  await page.getByRole('button', { name: 'Replay' }).click();
  const dialog = page.getByRole('dialog', { name: 'Replay the run' });
  await dialog.getByRole('button', { name: 'Replay' }).click();
  await expect(dialog).toContainText('Everything came out again');

  await dialog.getByRole('combobox', { name: 'Version' }).click();
  await page.getByRole('option', { name: /^version 2/ }).click();
  await dialog.getByRole('button', { name: 'Replay' }).click();
  await expect(dialog).toContainText('The first difference');
  const table = dialog.getByRole('table', { name: 'Recorded and replayed, side by side' });
  await expect(table.getByRole('row').last()).toContainText('0:00.020');
  await expect(table.getByRole('row').last()).toContainText('0:00.030');
  expect(await seriousFindings(page)).toEqual([]);
});
