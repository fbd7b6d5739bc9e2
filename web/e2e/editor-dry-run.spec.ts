import type { Page } from '@playwright/test';
import { canvas, fixedRatio, node, openDrawing, unique } from './editor';
import { expect, seriousFindings, test } from './lics';

const panel = (page: Page) => page.getByRole('tabpanel', { name: 'Dry run' });
const time = (page: Page) => panel(page).getByRole('slider', { name: 'Time in the dry-run' });
const active = (page: Page, id: string) => node(page, id).locator('[data-active]');
const go = (page: Page) => panel(page).getByRole('button', { name: 'Dry-run', exact: true });
const figure = (page: Page, name: string) =>
  panel(page).getByText(name, { exact: true }).locator('xpath=preceding-sibling::*');

test('a drawing is tried in virtual time, stepped through, and the canvas shows where it is', async ({
  page,
}) => {
  await openDrawing(page, fixedRatio(unique('Tried')));
  await page.getByRole('tab', { name: 'Dry run' }).click();
  await go(page).click();
  await expect(panel(page).getByText('reached its end')).toBeVisible({ timeout: 30_000 });
  await expect(figure(page, 'rewards')).toHaveText('5');
  await expect(figure(page, 'delivered')).toHaveText('15 µl');
  const raster = panel(page).getByRole('region', { name: 'Events over time' });
  await expect(raster.getByText('lever_1', { exact: true })).toBeVisible();
  await expect(raster.getByText('pump', { exact: true })).toBeVisible();
  await expect(active(page, 'task')).toBeVisible();
  expect(await seriousFindings(page)).toEqual([]);

  await node(page, 'task').dblclick();
  await expect(active(page, 'wait')).toBeVisible();
  await expect(active(page, 'reward')).toHaveCount(0);
  const forward = panel(page).getByRole('button', { name: 'One event forward' });
  for (let n = 0; n < 6 && !(await active(page, 'reward').isVisible()); n++) await forward.click();
  await expect(active(page, 'reward')).toBeVisible();
  await expect(active(page, 'wait')).toHaveCount(0);
  await panel(page).getByRole('button', { name: 'One event back' }).click();

  await time(page).focus();
  await page.keyboard.press('Home');
  await expect(time(page)).toHaveAttribute('aria-valuenow', '0');
  await expect(active(page, 'wait')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(time(page)).not.toHaveAttribute('aria-valuenow', '0');

  await panel(page).getByRole('combobox', { name: 'Speed' }).click();
  await page.getByRole('option', { name: '× 100' }).click();
  await panel(page).getByRole('button', { name: 'Play' }).click();
  await expect(panel(page).getByRole('button', { name: 'Play' })).toBeVisible({ timeout: 20_000 });
  const end = await time(page).getAttribute('aria-valuemax');
  await expect(time(page)).toHaveAttribute('aria-valuenow', end ?? '');

  await page.getByRole('tab', { name: 'Problems' }).click();
  await expect(canvas(page).locator('[data-active]')).toHaveCount(0);
});

test('the animal, the seed and the parameters of a dry-run are chosen, and decide it', async ({
  page,
}) => {
  await openDrawing(page, fixedRatio(unique('Chosen')));
  await page.getByRole('tab', { name: 'Dry run' }).click();
  const length = async () => {
    await go(page).click();
    await expect(panel(page).getByText('reached its end')).toBeVisible({ timeout: 30_000 });
    return figure(page, 'length').textContent();
  };
  const settings = panel(page).getByRole('button', { name: 'Settings' });
  const set = async (label: string, value: string) => {
    if ((await settings.getAttribute('aria-expanded')) === 'false') await settings.click();
    await panel(page).getByLabel(label, { exact: true }).fill(value);
  };
  const first = await length();
  expect(await length()).toBe(first);
  await set('Seed', '7');
  const other = await length();
  expect(other).not.toBe(first);
  await set('iti', '30s');
  expect(await length()).not.toBe(other);
  await set('volume', '6');
  await length();
  await expect(figure(page, 'delivered')).toHaveText('30 µl');
  const trained = await length();
  await set('Begins trials', '1');
  expect(await length()).not.toBe(trained);
});

test('a drawing with errors is not dry-run, and says which', async ({ page }) => {
  const drawing = fixedRatio(unique('Wrong'));
  await openDrawing(page, { ...drawing, parameters: [] });
  await page.getByRole('tab', { name: 'Dry run' }).click();
  await go(page).click();
  await expect(panel(page).getByRole('alert')).toContainText('volume');
});
