import {
  canvas,
  drag,
  node,
  openDrawing,
  palette,
  placeOf,
  threeWaits,
  unique,
  wires,
} from './editor';
import { expect, seriousFindings, test } from './lics';

const note = '#note:note';
const frame = '#group:group';

test('a sticky note is written, moved, made larger, coloured, copied, deleted and saved', async ({
  page,
}) => {
  await openDrawing(page, threeWaits(unique('Notes')));
  await page.keyboard.press('n');
  const text = page.getByRole('textbox', { name: 'Note' });
  await expect(text).toBeFocused();
  await expect(page.getByText('Added a note.')).toBeAttached();
  await text.fill('Ask before you change this.');
  await expect(node(page, note)).toContainText('Ask before you change this.');

  const before = await placeOf(page, note);
  await drag(page, node(page, note), { x: before.x + 60, y: before.y + 160 });
  await expect.poll(async () => (await placeOf(page, note)).y).toBeGreaterThan(before.y + 40);
  const small = await node(page, note).boundingBox();
  if (!small) throw new Error('no note');
  await drag(page, node(page, note).locator('.react-flow__resize-control'), {
    x: small.x + small.width + 60,
    y: small.y + small.height + 40,
  });
  await expect
    .poll(async () => (await node(page, note).boundingBox())?.width)
    .toBeGreaterThan(small.width + 30);
  await page.getByRole('radio', { name: 'Blue' }).click();
  await expect(node(page, note).locator('[data-color=blue]')).toBeVisible();

  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText(/^version 2$/)).toBeVisible();
  await page.reload();
  await expect(node(page, note)).toContainText('Ask before you change this.');
  expect(await seriousFindings(page)).toEqual([]);

  await node(page, note).click();
  await page.keyboard.press('Control+c');
  await page.keyboard.press('Control+v');
  await expect(node(page, '#note:note_2')).toContainText('Ask before you change this.');
  await page.keyboard.press('Delete');
  await expect(node(page, '#note:note_2')).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(node(page, '#note:note_2')).toBeVisible();
});

test('a note comes from the palette, by a click and by dragging', async ({ page }) => {
  await openDrawing(page, threeWaits(unique('Notes')));
  const entry = palette(page).getByRole('button', { name: 'Add a sticky note' });
  await entry.click();
  await expect(node(page, note)).toBeVisible();
  await entry.dragTo(canvas(page), { targetPosition: { x: 200, y: 350 } });
  await expect(node(page, '#note:note_2')).toBeVisible();
});

test('a frame carries what is in it, and goes without it', async ({ page }) => {
  await openDrawing(page, threeWaits(unique('Frames')));
  await node(page, 'first').click();
  await node(page, 'second').click({ modifiers: ['Shift'] });
  await page.keyboard.press('Alt+g');
  const title = page.getByRole('textbox', { name: 'Title of the frame' });
  await expect(title).toBeFocused();
  await title.fill('Habituation');
  await expect(node(page, frame)).toContainText('Habituation');

  const [a, c] = [await placeOf(page, 'first'), await placeOf(page, 'third')];
  const handle = await node(page, frame).getByText('Habituation').boundingBox();
  if (!handle) throw new Error('no frame');
  await drag(page, { x: handle.x + 20, y: handle.y + 8 }, { x: handle.x + 20, y: handle.y + 108 });
  await expect.poll(async () => (await placeOf(page, 'first')).y).toBeGreaterThan(a.y + 60);
  expect(await placeOf(page, 'third')).toEqual(c);
  await page.keyboard.press('Control+z');
  await expect.poll(() => placeOf(page, 'first')).toEqual(a);

  await node(page, 'first').click();
  await page.keyboard.press('Alt+Shift+G');
  await expect(node(page, frame)).toHaveCount(0);
  await expect(node(page, 'first')).toBeVisible();
});

test('a chain of steps is put into a loop by keyboard, and taken out again', async ({ page }) => {
  await openDrawing(page, threeWaits(unique('Loops')));
  const before = await wires(page).count();
  await node(page, 'first').click();
  await node(page, 'second').click({ modifiers: ['Shift'] });
  await page.keyboard.press('Alt+l');
  await expect(node(page, 'repeat')).toContainText('2 nodes inside');
  await expect(page.getByText('Put 2 steps into a loop.')).toBeAttached();
  await expect(node(page, 'first')).toHaveCount(0);
  await expect(page.getByText('no problems')).toBeVisible();

  await node(page, 'repeat').dblclick();
  await expect(node(page, 'first')).toBeVisible();
  await page.keyboard.press('Alt+ArrowUp');
  await page.keyboard.press('Alt+Shift+L');
  await expect(node(page, 'repeat')).toHaveCount(0);
  await expect(wires(page)).toHaveCount(before);

  await node(page, 'third').click();
  await node(page, 'first').click({ modifiers: ['Shift'] });
  await page.keyboard.press('Alt+l');
  await expect(page.getByText(/A loop has one beginning/)).toBeVisible();
});
