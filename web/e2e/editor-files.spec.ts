import { readFile } from 'node:fs/promises';
import {
  canvas,
  choose,
  form,
  nameField,
  node,
  openDrawing,
  openEmpty,
  palette,
  save,
  threeWaits,
  unique,
  wire,
  wires,
} from './editor';
import { expect, test } from './lics';

/** A task that begins in a state, and ends by a way out that is wired. */
const smallTask = (name: string) => ({
  name,
  roles: [{ name: 'box', channels: [] }],
  nodes: [
    { id: 'start', type: 'start', position: { x: 0, y: 0 } },
    {
      id: 'task',
      type: 'task',
      position: { x: 180, y: 0, width: 600, height: 300 },
      data: { initial: 'blink', role: 'box' },
    },
    {
      id: 'blink',
      type: 'state',
      parent: 'task',
      position: { x: 40, y: 60 },
      data: { timer: '1s' },
    },
    { id: 'over', type: 'exit', parent: 'task', position: { x: 340, y: 60 } },
    { id: 'end', type: 'end', position: { x: 840, y: 0 }, data: { outcome: 'completed' } },
  ],
  edges: [
    { id: 'start-task', source: 'start', target: 'task' },
    { id: 'blink-over', source: 'blink', target: 'over', data: { event: 'timeup' } },
    { id: 'task-end', source: 'task', sourceHandle: 'over', target: 'end' },
  ],
});

test('nodes are copied as JSON from one window into another', async ({
  page,
  browser,
  context,
  baseURL,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openDrawing(page, smallTask(unique('Copied')));
  await node(page, 'task').click();
  await node(page, 'end').click({ modifiers: ['Control'] });
  await page.keyboard.press('Control+c');
  const clip = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
  expect(clip).toMatchObject({ kind: 'lics.clip', format: 1 });
  expect(clip.nodes.map(({ id }: { id: string }) => id)).toEqual(['task', 'blink', 'over', 'end']);

  const elsewhere = await browser.newContext({
    storageState: await context.storageState(),
    baseURL: baseURL ?? '',
  });
  const other = await elsewhere.newPage();
  await openEmpty(other, unique('Pasted'));
  await canvas(other).click({ position: { x: 300, y: 40 } });
  await other.keyboard.press('Control+v');
  await expect(node(other, 'task')).toBeVisible();
  await expect(node(other, 'end_2')).toBeVisible();
  await expect(wire(other, 'task-end')).toHaveCount(1);
  await expect(node(other, 'task')).toHaveClass(/selected/);
  await other.keyboard.press('Control+z');
  await expect(node(other, 'task')).toHaveCount(0);
  await elsewhere.close();
});

test('a copy of a task begins in its own state, and its ways out stay wired', async ({ page }) => {
  await openDrawing(page, smallTask(unique('Twice')));
  await page.getByText('no problems').waitFor();
  await node(page, 'task').click();
  await node(page, 'end').click({ modifiers: ['Control'] });
  await page.keyboard.press('Control+c');
  await page.keyboard.press('Control+v');
  await expect(node(page, 'task_2')).toBeVisible();
  await expect(wires(page)).toHaveCount(3);
  // Nothing leads to the copy yet; nothing else is wrong with it.
  await expect(page.getByRole('tabpanel', { name: 'Problems' }).getByRole('listitem')).toHaveText([
    /nothing ever reaches/,
    /nothing ever reaches/,
  ]);
  await node(page, 'task_2').dblclick();
  await expect(wire(page, '#initial')).toHaveCount(1);
});

test('what was cut is pasted elsewhere, and what does not belong there says so', async ({
  page,
}) => {
  await openDrawing(page, smallTask(unique('Cut')));
  await node(page, 'task').dblclick();
  await node(page, 'blink').click();
  await page.keyboard.press('Control+x');
  await expect(node(page, 'blink')).toHaveCount(0);
  await page.keyboard.press('Alt+ArrowUp');
  await page.keyboard.press('Control+v');
  await expect(page.getByRole('alert')).toContainText('inside a task');
  await node(page, 'task').dblclick();
  await page.keyboard.press('Control+v');
  await expect(node(page, 'blink')).toBeVisible();
});

test('the text of a message is copied as ever, even when a node is selected', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openEmpty(page, unique('Text'));
  await node(page, 'start').click();
  await page
    .getByRole('tabpanel', { name: 'Problems' })
    .getByText(/leads nowhere/)
    .selectText();
  await page.keyboard.press('Control+c');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('leads nowhere');
});

test('a protocol is downloaded as a file, and opened again as it was', async ({ page }) => {
  const name = unique('Round trip');
  await openDrawing(page, {
    ...smallTask(name),
    parameters: [{ name: 'n', type: 'int', default: 3 }],
  });
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    choose(page, 'Download as a file'),
  ]);
  expect(file.suggestedFilename()).toBe(`${name.replaceAll(' ', '-')}.json`);
  const path = await file.path();
  const first = JSON.parse(await readFile(path, 'utf8'));
  expect(first).toMatchObject({ kind: 'lics.protocol', format: 1, name });

  await openEmpty(page, unique('Other'));
  await canvas(page).click({ position: { x: 300, y: 40 } });
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.keyboard.press('Control+i'),
  ]);
  await chooser.setFiles({
    name: 'again.json',
    mimeType: 'application/json',
    buffer: await readFile(path),
  });
  await expect(page.getByText('Opened again.json')).toBeVisible();
  await expect(nameField(page)).toHaveValue(name);
  await expect(node(page, 'task')).toBeVisible();
  const [again] = await Promise.all([
    page.waitForEvent('download'),
    page.keyboard.press('Control+e'),
  ]);
  expect(JSON.parse(await readFile(await again.path(), 'utf8'))).toEqual(first);
  // A protocol of that name is there: it is not overwritten.
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Not saved' })).toBeVisible();
  await nameField(page).fill(unique('Round trip, again'));
  await save(page);
});

for (const [what, text, why] of [
  ['no JSON', '{"kind": ', 'It is not JSON'],
  ['another JSON', '{"kind": "node-red"}', 'but no protocol'],
  [
    'a protocol without places',
    '{"kind": "lics.protocol", "nodes": [{"id": "a"}]}',
    'cannot be drawn',
  ],
  ['wires that are no list', '{"kind": "lics.protocol", "nodes": [], "edges": {}}', 'edges'],
  [
    'roles that are no list',
    '{"kind": "lics.protocol", "nodes": [], "edges": [], "roles": "box"}',
    'roles',
  ],
  [
    'a file of a later LICS',
    '{"kind": "lics.protocol", "format": 99, "nodes": [], "edges": []}',
    'format 99',
  ],
] as const) {
  test(`a file with ${what} is refused with the reason, and nothing is lost`, async ({ page }) => {
    await openEmpty(page, unique('Kept'));
    await palette(page).getByRole('button', { name: 'Wait', exact: true }).click();
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      choose(page, 'Open a file'),
    ]);
    await chooser.setFiles({
      name: 'bad.json',
      mimeType: 'application/json',
      buffer: Buffer.from(text),
    });
    const alert = page.getByRole('alert').filter({ hasText: 'bad.json was not opened' });
    await expect(alert).toContainText(why);
    await expect(node(page, 'wait')).toBeVisible();
    await expect(nameField(page)).toHaveValue(/^Kept/);
  });
}

test('opening a file is undone by one step', async ({ page }) => {
  await openDrawing(page, threeWaits(unique('Before')));
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    choose(page, 'Open a file'),
  ]);
  await chooser.setFiles({
    name: 'task.json',
    mimeType: 'application/json',
    buffer: Buffer.from(
      JSON.stringify({ kind: 'lics.protocol', format: 1, ...smallTask('From a file') }),
    ),
  });
  await expect(node(page, 'task')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(node(page, 'third')).toBeVisible();
  await expect(node(page, 'task')).toHaveCount(0);
  await expect(nameField(page)).toHaveValue(/^Before/);
});

test('what was drawn and not saved is offered after a crash', async ({ page }) => {
  const id = await openDrawing(page, threeWaits(unique('Crashed')));
  await node(page, 'second').click();
  await form(page).getByRole('textbox', { name: 'Label' }).fill('A long pause');
  await expect
    .poll(() => page.evaluate((key) => localStorage.getItem(key), `lics.draft.${id}`))
    .toContain('A long pause');
  // What crashes asks nobody.
  await page.goto('about:blank', { waitUntil: 'commit' }).catch(() => undefined);
  await page.goto(`/editor/${id}`);
  const banner = page.getByRole('alert').filter({ hasText: 'was not saved' });
  await expect(banner).toBeVisible();
  await expect(node(page, 'second')).not.toContainText('A long pause');
  await banner.getByRole('button', { name: 'Restore it' }).click();
  await expect(node(page, 'second')).toContainText('A long pause');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('version 2', { exact: true })).toBeVisible();
  await page.reload();
  await expect(node(page, 'second')).toContainText('A long pause');
  await expect(banner).toHaveCount(0);
});

test('closing the tab with unsaved work asks first, and without does not', async ({ page }) => {
  await openDrawing(page, threeWaits(unique('Closed')));
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  await page.reload();
  await expect(node(page, 'second')).toBeVisible();
  expect(asked).toEqual([]);
  await node(page, 'second').click();
  await page.keyboard.press('ArrowDown');
  await page.reload();
  await expect(node(page, 'second')).toBeVisible();
  expect(asked).toEqual(['beforeunload']);
});
