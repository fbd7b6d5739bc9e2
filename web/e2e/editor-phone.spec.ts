import { canvas, fixedRatio, node, openDrawing, problems, unique } from './editor';
import { expect, seriousFindings, test } from './lics';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

test('on a phone a protocol is looked at: settings, problems, the inside of a task, a dry run', async ({
  page,
}) => {
  await openDrawing(page, fixedRatio(unique('Phone')));
  await expect(page.getByText('Changing it needs a wider screen')).toBeVisible();
  await expect(problems(page)).toContainText('The server finds nothing to object to.');
  await expect(page.getByRole('button', { name: 'Save' })).toHaveCount(0);
  expect(await seriousFindings(page)).toEqual([]);

  const task = page.locator('.react-flow__node', { hasText: 'nodes inside' });
  const before = await task.boundingBox();
  await task.tap();
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await expect(settings.getByRole('textbox', { name: 'Label' })).toBeDisabled();
  await settings.getByRole('button', { name: 'Open what is inside' }).click();
  await expect(page.getByRole('navigation', { name: 'Where you are' })).toContainText('Session');
  await expect(task).toHaveCount(0);
  await expect(page.locator('.react-flow__node-card').first()).toBeVisible();
  await page.getByRole('button', { name: 'Session' }).click();
  await expect(task).toBeVisible();

  // A finger moves the drawing and not what is drawn.
  const area = await canvas(page).boundingBox();
  if (!area || !before) throw new Error('nothing is drawn');
  const place = () => node(page, 'start').evaluate((element) => element.style.transform);
  const still = await place();
  await page.mouse.move(area.x + 200, area.y + 60);
  await page.mouse.down();
  await page.mouse.move(area.x + 200, area.y + 110, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => (await task.boundingBox())?.y).not.toBe(before.y);
  expect(await place()).toBe(still);

  await page.getByRole('tab', { name: 'Dry run' }).click();
  await page.getByRole('button', { name: 'Dry-run', exact: true }).click();
  await expect(page.getByRole('slider', { name: 'Time in the dry-run' })).toBeVisible();
});
