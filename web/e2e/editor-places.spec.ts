import {
  canvas,
  command,
  fixedRatio,
  form,
  node,
  openDrawing,
  openEmpty,
  palette,
  problems,
  threeWaits,
  unique,
  wire,
} from './editor';
import { expect, seriousFindings, test } from './lics';

/** A row of waits that no screen shows at once. */
function longRow(name: string) {
  const count = 60;
  const id = (n: number) => `wait_${n}`;
  return {
    name,
    nodes: [
      { id: 'start', type: 'start', position: { x: 0, y: 0 } },
      ...Array.from({ length: count }, (_, n) => ({
        id: id(n),
        type: 'wait',
        position: { x: 200 + 260 * n, y: 0 },
        data: { duration: '5s', label: `Pause number ${n}` },
      })),
      { id: 'end', type: 'end', position: { x: 260 * count + 300, y: 0 }, data: { outcome: 'ok' } },
    ],
    edges: [
      { id: 'first', source: 'start', target: id(0) },
      ...Array.from({ length: count - 1 }, (_, n) => ({
        id: `e${n}`,
        source: id(n),
        target: id(n + 1),
      })),
      { id: 'last', source: id(count - 1), target: 'end' },
    ],
  };
}

test('a node is found by what it is called, wherever it stands, and is in view then', async ({
  page,
}) => {
  await openDrawing(page, longRow(unique('Long')));
  await canvas(page).click({ position: { x: 300, y: 40 } });
  await page.getByRole('button', { name: 'Zoom in' }).click();
  await page.keyboard.press('Control+f');
  const search = page.getByRole('combobox', { name: 'Find a node' });
  await search.fill('number 57');
  await expect(page.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(node(page, 'wait_57')).toBeInViewport({ ratio: 0.99 });
  await expect(node(page, 'wait_57')).toBeFocused();
  await expect(node(page, 'wait_57')).toHaveClass(/selected/);
  await expect(form(page).getByRole('textbox', { name: 'Label' })).toHaveValue('Pause number 57');
});

test('a node inside a task is found from outside', async ({ page }) => {
  await openDrawing(page, fixedRatio(unique('Inside')));
  await canvas(page).click({ position: { x: 300, y: 40 } });
  await page.keyboard.press('Control+f');
  await page.getByRole('combobox', { name: 'Find a node' }).fill('deliver');
  await page.keyboard.press('Enter');
  await expect(node(page, 'reward')).toBeFocused();
  await expect(page.getByRole('navigation', { name: 'Where you are' })).toContainText('Task');
});

test('F8 goes from one problem to the next, also from a field', async ({ page }) => {
  const drawing = fixedRatio(unique('Problems'));
  await openDrawing(page, {
    ...drawing,
    edges: [...(drawing.edges as { id: string }[]).filter(({ id }) => id !== 'start-task')],
    parameters: [...(drawing.parameters ?? []), { name: 'no', type: 'nothing' }],
  });
  await expect(problems(page).getByRole('listitem').first()).toBeVisible();
  const count = await problems(page).getByRole('listitem').count();
  let declared = false;
  await canvas(page).click({ position: { x: 300, y: 40 } });
  for (let n = 0; n < count; n++) {
    await page.keyboard.press('F8');
    const text = await problems(page).getByRole('listitem').nth(n).textContent();
    if (/ start /.test(text ?? '')) await expect(node(page, 'start')).toBeFocused();
    if (/no type/.test(text ?? '')) {
      await expect(page.getByRole('tab', { name: 'Values' })).toHaveAttribute(
        'aria-selected',
        'true',
      );
      declared = true;
    }
  }
  expect(declared).toBe(true);
  await page.getByRole('textbox', { name: 'Name of the protocol' }).focus();
  await page.keyboard.press('F8');
  await expect(page.locator('.react-flow__node.selected')).toHaveCount(1);
});

test('a problem of a wire inside a task leads there, to the wire', async ({ page }) => {
  const drawing = fixedRatio(unique('Wire'));
  const edges = drawing.edges as { id: string; data?: object }[];
  await openDrawing(page, {
    ...drawing,
    edges: edges.map((edge) =>
      edge.id === 'wait-reward' ? { ...edge, data: { event: 'lever_9_in' } } : edge,
    ),
  });
  await problems(page)
    .getByRole('button', { name: /lever_9_in/ })
    .click();
  await expect(wire(page, 'wait-reward')).toHaveClass(/selected/);
  const event = form(page).getByRole('combobox', { name: 'Event', exact: true });
  await expect(event).toHaveValue('lever_9_in');
  await expect(event).toHaveAttribute('aria-invalid', 'true');
  await event.fill('lever_1_in');
  await expect(problems(page)).not.toContainText('lever_9_in');
});

test('what is done to a drawing is done from the command palette as well', async ({ page }) => {
  await openDrawing(page, threeWaits(unique('Commands')));
  await canvas(page).click({ position: { x: 300, y: 40 } });
  const before = await node(page, 'second').boundingBox();
  await command(page, 'Arrange everything');
  await expect.poll(() => node(page, 'second').boundingBox()).not.toEqual(before);
  await command(page, 'Undo');
  await expect(page.getByLabel('Undo')).toBeDisabled();
  await command(page, 'Redo');
  await command(page, 'Save');
  await expect(page.getByText('version 2', { exact: true })).toBeVisible();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    command(page, 'Download as a file'),
  ]);
  expect(file.suggestedFilename()).toMatch(/\.json$/);
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    command(page, 'Open a file'),
  ]);
  expect(chooser.isMultiple()).toBe(false);
});

test('Ctrl-S saves while a field is written into', async ({ page }) => {
  await openDrawing(page, threeWaits(unique('Typing')));
  await node(page, 'second').click();
  await form(page).getByRole('textbox', { name: 'Label' }).fill('typed');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('version 2', { exact: true })).toBeVisible();
});

test('the keys of the editor are shown by a question mark, and do nothing behind it', async ({
  page,
}) => {
  await openEmpty(page, unique('Keys'));
  await node(page, 'end').click();
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard' });
  for (const what of [
    'Undo',
    'Copy',
    'Paste',
    'Find a node',
    'Connect to',
    'Next problem',
    'Save',
  ]) {
    await expect(help.getByText(what, { exact: true })).toBeVisible();
  }
  expect(await seriousFindings(page)).toEqual([]);
  await page.keyboard.press('Delete');
  await page.keyboard.press('Escape');
  await expect(help).toHaveCount(0);
  await expect(node(page, 'end')).toBeVisible();
});

test('a large level has an overview to move about in, a small one does not', async ({ page }) => {
  await openEmpty(page, unique('Small'));
  await expect(page.locator('.react-flow__minimap')).toHaveCount(0);
  await openDrawing(page, longRow(unique('Large')));
  await expect(page.getByRole('img', { name: 'Overview of the protocol' })).toBeVisible();
});

test('the first save leaves one where one was, with everything to undo', async ({ page }) => {
  await openEmpty(page, unique('First'));
  await palette(page).getByRole('button', { name: 'Task', exact: true }).click();
  await node(page, 'task').dblclick();
  await palette(page).getByRole('button', { name: 'State', exact: true }).click();
  await expect(node(page, 'state')).toBeVisible();
  await page.keyboard.press('Control+s');
  await expect(page).toHaveURL(/\/editor\/[0-9a-f-]{36}$/);
  await expect(node(page, 'state')).toBeVisible();
  await expect(node(page, 'state')).toHaveClass(/selected/);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(node(page, 'state')).toHaveCount(0);
  await expect(page.getByText('version 1 · changed')).toBeVisible();
  await page.getByRole('button', { name: 'Redo' }).click();
  await expect(page.getByText('version 1', { exact: true })).toBeVisible();
});
