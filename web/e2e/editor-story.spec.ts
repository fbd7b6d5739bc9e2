import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import {
  command,
  drawWire,
  form,
  node,
  openEmpty,
  palette,
  place,
  problems,
  unique,
  wire,
} from './editor';
import { expect, test } from './lics';

/** Writes into a field by pointer, as people do: what was there is gone. */
async function write(page: Page, field: Locator, text: string): Promise<void> {
  await field.click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
  await page.keyboard.press('Escape');
}

const text = (page: Page, name: string) => form(page).getByRole('textbox', { name, exact: true });
const list = (page: Page, name: string) => form(page).getByRole('combobox', { name, exact: true });

async function declare(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Devices' }).click();
  const devices = page.getByRole('tabpanel', { name: 'Devices' });
  for (const name of ['lever_1', 'pump']) {
    await devices.getByRole('button', { name: 'Add to Channels' }).click();
    await devices.getByRole('textbox', { name: 'Name' }).last().fill(name);
  }
  await devices.getByRole('combobox', { name: 'Direction' }).last().click();
  await page.getByRole('option', { name: 'out', exact: true }).click();

  await page.getByRole('tab', { name: 'Values' }).click();
  const values = page.getByRole('tabpanel', { name: 'Values' });
  for (const [name, type, value, label] of [
    ['volume', 'float', '3', 'Volume'],
    ['interval', 'duration', '1s', 'Interval'],
  ] as const) {
    await values.getByRole('button', { name: 'Add to Parameters' }).click();
    await values.getByRole('textbox', { name: 'Name' }).last().fill(name);
    await values.getByRole('combobox', { name: 'Type' }).last().fill(type);
    await page.keyboard.press('Tab');
    await values.getByRole('textbox', { name: 'Default' }).last().fill(value);
    await values.getByRole('textbox', { name: 'Label' }).last().fill(label);
  }
  await values.getByRole('switch', { name: 'Live' }).last().click();
}

test('FR1 is drawn by mouse, mended, saved, dry-run, started, watched, steered, and its data taken home', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await openEmpty(page, unique('FR1'));
  await declare(page);

  // The session: start, task, end.
  await place(page, 'Task', { x: 320, y: 250 });
  await drawWire(page, ['start', 'out'], ['task', 'in']);
  await node(page, 'task').click();
  await write(page, text(page, 'Trials'), '200');
  await expect(node(page, 'task')).toContainText('limit reached');

  // The task: a press, a drop, an interval.
  await node(page, 'task').dblclick();
  await expect(node(page, 'start')).toHaveCount(0);
  await place(page, 'State', { x: 150, y: 100 });
  await text(page, 'Label').fill('Wait for a press');
  await form(page).getByRole('switch', { name: 'Begins a trial' }).click();
  await write(page, text(page, 'Timer'), '120s');
  await place(page, 'Deliver liquid', { x: 460, y: 100 });
  await list(page, 'Channel').fill('pump');
  await write(page, text(page, 'Volume'), 'volume');
  await place(page, 'Outcome', { x: 460, y: 230 });
  await text(page, 'Outcome').fill('rewarded');
  await place(page, 'Inter-trial interval', { x: 150, y: 230 });
  await write(page, text(page, 'Duration'), 'interval');
  await place(page, 'End of task', { x: 320, y: 380 });

  await drawWire(page, ['state', 'out'], ['deliver_liquid', 'in']);
  await text(page, 'Label').fill('press');
  await list(page, 'Event').fill('lever_1_in');
  await page.keyboard.press('Escape');
  await drawWire(page, ['deliver_liquid', 'out'], ['outcome', 'in']);
  await drawWire(page, ['outcome', 'out'], ['inter_trial_interval', 'in']);
  await drawWire(page, ['inter_trial_interval', 'out'], ['state', 'in']);
  await drawWire(page, ['state', 'out'], ['exit', 'in']);
  await page.getByRole('button', { name: 'Session', exact: true }).click();
  await drawWire(page, ['task', 'limit'], ['end', 'in']);
  await drawWire(page, ['task', 'exit'], ['end', 'in']);

  // What is wrong is said, leads to its place, and is mended there.
  await expect(page.getByText('1 error, 2 warnings', { exact: true })).toBeVisible();
  await problems(page)
    .getByRole('button', { name: /no event is chosen/ })
    .click();
  await expect(wire(page, 'state-exit')).toHaveClass(/selected/);
  await list(page, 'Event').fill('timeup');
  await page.keyboard.press('Escape');
  await expect(page.getByText('no problems')).toBeVisible();

  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('version 1', { exact: true })).toBeVisible();

  await page.getByRole('tab', { name: 'Dry run' }).click();
  const dry = page.getByRole('tabpanel', { name: 'Dry run' });
  await dry.getByRole('button', { name: 'Dry-run', exact: true }).click();
  await expect(dry.getByText('reached its end')).toBeVisible({ timeout: 30_000 });
  await expect(
    dry.getByText('rewarded', { exact: true }).locator('xpath=preceding-sibling::*'),
  ).toHaveText('200');

  await page.getByRole('link', { name: 'Start a run' }).click();
  await page.getByRole('combobox', { name: 'Device for box' }).click();
  await page.getByRole('option', { name: /box-2/ }).click();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(page).toHaveURL(/\/runs\/[0-9a-f-]{36}$/);
  await expect(page.getByText('rewarded', { exact: true })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('img', { name: /^The last outcomes: .*rewarded/ })).toBeVisible();

  const answer = (name: string) =>
    page
      .getByRole('dialog', { name: `${name} the run?` })
      .getByRole('button', { name, exact: true });
  await page.getByRole('button', { name: 'Pause' }).click();
  await answer('Pause').click();
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();

  await page.getByRole('tab', { name: 'Parameters' }).click();
  await page.getByRole('button', { name: 'Change Interval' }).click();
  const change = page.getByRole('dialog', { name: 'Change Interval while the run is on' });
  await change.getByLabel('Interval').fill('500ms');
  await change.getByRole('button', { name: 'Change it' }).click();
  await expect(page.getByText('Interval applies at the next trial')).toBeVisible();
  await expect(page.getByRole('row', { name: /^Interval/ })).toContainText('500ms');

  await page.getByRole('button', { name: 'Stop' }).click();
  await answer('Stop').click();
  await expect(page.getByText('Stopped', { exact: true })).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Download' }).click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Events (TSV)' }).click(),
  ]);
  const rows = (await readFile(await file.path(), 'utf8')).trimEnd().split('\n');
  expect(rows[0]).toBe('time\ttype\tsubtype\tcontent');
  const times = rows.slice(1).map((row) => Number(row.split('\t')[0]));
  expect(times.every((time) => Number.isFinite(time))).toBe(true);
  for (const what of ['lever_1_in', 'deliver_liquid', 'rewarded', 'pump', 'inter_trial_interval']) {
    expect(rows.filter((row) => row.includes(what)).length, what).toBeGreaterThan(0);
  }
});

/** Goes on by Tab until something is reached. */
async function tabTo(page: Page, to: Locator, key = 'Tab'): Promise<void> {
  for (let n = 0; n < 150; n++) {
    if ((await to.count()) > 0 && (await to.evaluate((e) => e.contains(document.activeElement)))) {
      return;
    }
    await page.keyboard.press(key);
  }
  throw new Error(`${to} is not reached by ${key}`);
}

async function add(page: Page, kind: string, id: string): Promise<void> {
  await page.keyboard.press('a');
  await expect(page.getByRole('combobox', { name: 'Add a node' })).toBeFocused();
  await page.keyboard.type(kind);
  await page.keyboard.press('Enter');
  await expect(node(page, id)).toBeFocused();
}

/** Fills fields of the form of what has the keyboard, and goes back to it. */
async function fill(page: Page, fields: [string, string][]): Promise<void> {
  await page.keyboard.press('Shift+Enter');
  await expect(form(page).locator(':focus')).toHaveCount(1);
  for (const [name, value] of fields) {
    await tabTo(page, text(page, name).or(list(page, name)));
    await page.keyboard.press('Control+a');
    await page.keyboard.type(value);
  }
  // A list that is open is closed first.
  await page.keyboard.press('Tab');
  await page.keyboard.press('Escape');
  await expect(page.locator(':is(.react-flow__node, .react-flow__edge):focus')).toHaveCount(1);
}

async function connect(page: Page, to: string): Promise<void> {
  await page.keyboard.press('c');
  await expect(page.getByRole('combobox', { name: 'Connect to' })).toBeFocused();
  await page.keyboard.type(to);
  await page.keyboard.press('Enter');
}

async function find(page: Page, what: string, id: string): Promise<void> {
  await page.keyboard.press('Control+f');
  await expect(page.getByRole('combobox', { name: 'Find a node' })).toBeFocused();
  await page.keyboard.type(what);
  await page.keyboard.press('Enter');
  await expect(node(page, id)).toBeFocused();
}

test('FR1 is drawn by keyboard alone, mended, dry-run and saved', async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto('/editor');
  await expect(node(page, 'start')).toBeVisible();
  await tabTo(page, page.getByRole('textbox', { name: 'Name of the protocol' }));
  await page.keyboard.press('Control+a');
  await page.keyboard.type(unique('FR1 by keyboard'));
  await page.keyboard.press('Tab');

  await command(page, 'Declare devices');
  const devices = page.getByRole('tabpanel', { name: 'Devices' });
  await expect(devices.getByRole('textbox', { name: 'Name' })).toBeFocused();
  for (const name of ['lever_1', 'pump']) {
    await tabTo(page, devices.getByRole('button', { name: 'Add to Channels' }));
    await page.keyboard.press('Enter');
    await expect(devices.getByRole('textbox', { name: 'Name' }).last()).toBeFocused();
    await page.keyboard.type(name);
  }
  await tabTo(page, devices.getByRole('combobox', { name: 'Direction' }).last());
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(devices.getByRole('combobox', { name: 'Direction' }).last()).toHaveValue('out');

  await page.keyboard.press('Escape');
  await expect(node(page, 'start')).toBeFocused();
  await add(page, 'task', 'task');
  await expect(wire(page, 'start-task')).toHaveCount(1);
  await fill(page, [['Trials', '20']]);
  await connect(page, 'end');
  await expect(wire(page, 'task-end')).toHaveCount(1);
  await find(page, 'task', 'task');
  await page.keyboard.press('Enter');

  await add(page, 'state', 'state');
  await fill(page, [['Label', 'Wait for a press']]);
  await page.keyboard.press('Enter');
  await expect(text(page, 'Label')).toBeFocused();
  await tabTo(page, form(page).getByRole('switch', { name: /Begins a trial/ }));
  await page.keyboard.press('Space');
  await page.keyboard.press('Escape');
  await expect(node(page, 'state')).toBeFocused();
  await add(page, 'deliver liquid', 'deliver_liquid');
  await fill(page, [
    ['Channel', 'pump'],
    ['Duration', '50ms'],
  ]);
  await add(page, 'outcome', 'outcome');
  await fill(page, [['Outcome', 'rewarded']]);
  await add(page, 'inter-trial', 'inter_trial_interval');
  await fill(page, [['Duration', '1s']]);
  await connect(page, 'wait for');
  await expect(wire(page, 'inter_trial_interval-state')).toBeFocused();

  // The wire that answers the press has no event yet.
  await expect(problems(page).getByRole('button', { name: /no event is chosen/ })).toBeVisible();
  await page.keyboard.press('F8');
  await expect(wire(page, 'state-deliver_liquid')).toBeFocused();
  await fill(page, [
    ['Label', 'press'],
    ['Event', 'lever_1_in'],
  ]);
  await expect(page.getByText('no problems')).toBeVisible();
  await expect(page.locator('.react-flow__edgelabel-renderer')).toContainText('press');

  await page.keyboard.press('Alt+ArrowUp');
  await expect(node(page, 'task')).toBeFocused();
  await page.keyboard.press('Control+s');
  await expect(page.getByText('version 1', { exact: true })).toBeVisible();

  await command(page, 'Show the dry run');
  const dry = page.getByRole('tabpanel', { name: 'Dry run' });
  await expect(page.getByRole('tab', { name: 'Dry run' })).toBeFocused();
  await tabTo(page, dry.getByRole('button', { name: 'Dry-run', exact: true }));
  await page.keyboard.press('Enter');
  await expect(dry.getByText('reached its end')).toBeVisible({ timeout: 30_000 });
  await expect(palette(page)).toBeVisible();
});
