import {
  canvas,
  choose,
  drag,
  drawWire,
  node,
  openDrawing,
  openEmpty,
  palette,
  place,
  placeOf,
  port,
  problems,
  threeWaits,
  unique,
  wire,
  wires,
} from './editor';
import { expect, test } from './lics';

const refusals = 'No wire can be drawn here';

test('a wire that was drawn is not refused', async ({ page }) => {
  await openEmpty(page, unique('Drawn'));
  await drawWire(page, ['start', 'out'], ['end', 'in']);
  await expect(wires(page)).toHaveCount(1);
  await expect(problems(page)).not.toContainText('leads nowhere');
  expect(await page.getByText(refusals).count()).toBe(0);
});

test('a wire is drawn from its end to its beginning as well', async ({ page }) => {
  await openEmpty(page, unique('Backwards'));
  await drag(page, port(page, 'end', 'in', 'target'), port(page, 'start', 'out', 'source'));
  await expect(wire(page, 'start-end')).toHaveCount(1);
  await expect(problems(page)).not.toContainText('leads nowhere');
  expect(await page.getByText(refusals).count()).toBe(0);
});

test('a node that is dropped on a wire is put into it, from the palette and from the canvas', async ({
  page,
}) => {
  await openEmpty(page, unique('Spliced'));
  await drawWire(page, ['start', 'out'], ['end', 'in']);
  await page.keyboard.press('Escape');
  const start = await port(page, 'start', 'out', 'source').boundingBox();
  const end = await port(page, 'end', 'in', 'target').boundingBox();
  const box = await canvas(page).boundingBox();
  if (!start || !end || !box) throw new Error('nothing is drawn');
  const middle = {
    x: (start.x + end.x) / 2,
    y: (start.y + start.height / 2 + end.y + end.height / 2) / 2,
  };
  await place(page, 'Wait', { x: middle.x - box.x, y: middle.y - box.y });
  await expect(wire(page, 'start-wait')).toHaveCount(1);
  await expect(wire(page, 'wait-end')).toHaveCount(1);
  await expect(wires(page)).toHaveCount(2);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(node(page, 'wait')).toHaveCount(0);
  await expect(wire(page, 'start-end')).toHaveCount(1);

  await place(page, 'Wait', { x: 200, y: 80 });
  await expect(wires(page)).toHaveCount(1);
  await drag(page, node(page, 'wait'), middle);
  await expect(wire(page, 'start-wait')).toHaveCount(1);
  await expect(wire(page, 'wait-end')).toHaveCount(1);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(wires(page)).toHaveCount(1);
  await page.getByRole('button', { name: 'Redo' }).click();
  await expect(wires(page)).toHaveCount(2);
});

test('a wire that ends on nothing asks what it shall lead to', async ({ page }) => {
  await openEmpty(page, unique('Pulled'));
  const from = port(page, 'start', 'out', 'source');
  const box = await canvas(page).boundingBox();
  if (!box) throw new Error('no canvas');
  await drag(page, from, { x: box.x + 300, y: box.y + 60 });
  const search = page.getByRole('combobox', { name: 'Add a node' });
  await search.fill('repeat');
  await page.keyboard.press('Enter');
  await expect(wire(page, 'start-repeat')).toHaveCount(1);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(node(page, 'repeat')).toHaveCount(0);
  await expect(wires(page)).toHaveCount(0);
  await page.getByRole('button', { name: 'Redo' }).click();
  await expect(wire(page, 'start-repeat')).toHaveCount(1);
});

test('a double click on nothing adds a node there', async ({ page }) => {
  await openEmpty(page, unique('Double'));
  await canvas(page).dblclick({ position: { x: 250, y: 60 } });
  await page.getByRole('combobox', { name: 'Add a node' }).fill('wait');
  await page.getByRole('option', { name: 'Wait', exact: true }).click();
  await expect(node(page, 'wait')).toBeVisible();
  await expect(node(page, 'wait')).toHaveClass(/selected/);
});

test('a wire that cannot be is refused with the reason, and what to do instead', async ({
  page,
}) => {
  await openDrawing(page, threeWaits(unique('Refused')));
  await drawWire(page, ['first', 'out'], ['third', 'in']);
  const alert = page.getByRole('alert').filter({ hasText: refusals });
  await expect(alert).toContainText('To do two things at once, use Parallel');
  await alert.getByRole('button').click();
  await expect(alert).toHaveCount(0);

  await drawWire(page, ['first', 'out'], ['second', 'in']);
  await expect(alert).toContainText('This wire exists already');
  await alert.getByRole('button').click();
  await expect(alert).toHaveCount(0);

  await wire(page, 'third-end').click();
  await page.keyboard.press('Delete');
  await expect(wires(page)).toHaveCount(3);
  await drawWire(page, ['third', 'out'], ['first', 'in']);
  await expect(alert).toContainText('Wires do not lead back');
  await alert.getByRole('button').click();
  await expect(alert).toHaveCount(0);

  await drawWire(page, ['third', 'out'], ['third', 'in']);
  await expect(alert).toContainText('A step cannot lead to itself');
  await expect(wires(page)).toHaveCount(3);
});

test('a wire from where a task begins chooses its first state', async ({ page }) => {
  await openEmpty(page, unique('Begins'));
  await palette(page).getByRole('button', { name: 'Task', exact: true }).click();
  await node(page, 'task').dblclick();
  await place(page, 'State', { x: 260, y: 60 });
  await place(page, 'State', { x: 260, y: 160 });
  await expect(wire(page, '#initial')).toHaveCount(1);
  await drag(page, port(page, '#entry', 'out', 'source'), port(page, 'state_2', 'in', 'target'));
  await node(page, 'state_2').click();
  await expect(page.getByText('The task begins here.')).toBeVisible();
  expect(await page.getByText(refusals).count()).toBe(0);
});

test('nodes are aligned, spread and laid out, and each is undone by one step', async ({ page }) => {
  await openDrawing(page, threeWaits(unique('Arranged')));
  const places = async () =>
    Object.fromEntries(
      await Promise.all(
        ['first', 'second', 'third'].map(async (id) => [id, await placeOf(page, id)] as const),
      ),
    );
  const before = await places();
  await node(page, 'first').click();
  await node(page, 'second').click({ modifiers: ['Control'] });
  await node(page, 'third').click({ modifiers: ['Control'] });
  const undo = page.getByRole('button', { name: 'Undo' });

  await choose(page, 'Align at the top');
  await expect
    .poll(async () => new Set(Object.values(await places()).map((p) => p.y)).size)
    .toBe(1);
  await undo.click();
  await expect.poll(places).toEqual(before);

  await choose(page, 'Align at the left');
  await expect
    .poll(async () => new Set(Object.values(await places()).map((p) => p.x)).size)
    .toBe(1);
  await undo.click();
  await expect.poll(places).toEqual(before);

  await choose(page, 'Same gaps from left to right');
  await expect
    .poll(async () => {
      const boxes = await Promise.all(
        ['first', 'second', 'third'].map((id) => node(page, id).boundingBox()),
      );
      const [a, b, c] = boxes.map((box) => box ?? { x: 0, y: 0, width: 0, height: 0 });
      if (!a || !b || !c) return null;
      return Math.abs(b.x - a.x - a.width - (c.x - b.x - b.width)) <= 2;
    })
    .toBe(true);
  await undo.click();
  await expect.poll(places).toEqual(before);
  await page.getByRole('button', { name: 'Redo' }).click();
  await undo.click();

  await choose(page, 'Same gaps from top to bottom');
  await expect.poll(places).not.toEqual(before);
  await undo.click();
  await expect.poll(places).toEqual(before);

  await choose(page, 'Arrange everything here');
  await expect.poll(places).not.toEqual(before);
  await expect(undo).toBeEnabled();
  await undo.click();
  await expect(undo).toBeDisabled();
});

test('steps are moved by the arrow keys, and deleted with the wires joined', async ({ page }) => {
  await openDrawing(page, threeWaits(unique('Keys')));
  await node(page, 'second').click();
  await page.keyboard.press('Control+Delete');
  await expect(node(page, 'second')).toHaveCount(0);
  await expect(wire(page, 'first-third')).toHaveCount(1);
  await page.keyboard.press('Control+z');
  await expect(node(page, 'second')).toBeVisible();
  await expect(wire(page, 'first-third')).toHaveCount(0);

  const before = await placeOf(page, 'second');
  await node(page, 'second').click();
  await page.keyboard.press('ArrowDown');
  await expect.poll(async () => (await placeOf(page, 'second')).y).toBeGreaterThan(before.y);
  await page.keyboard.press('Control+z');
  await expect.poll(() => placeOf(page, 'second')).toEqual(before);

  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await expect(page.locator('.react-flow__node')).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(page.locator('.react-flow__node')).toHaveCount(5);
});

test('undoing the container one stands in leads out of it', async ({ page }) => {
  await openEmpty(page, unique('Undone'));
  await palette(page).getByRole('button', { name: 'Task', exact: true }).click();
  await node(page, 'task').dblclick();
  await expect(node(page, 'start')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(node(page, 'start')).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Where you are' })).not.toContainText('Task');
});
