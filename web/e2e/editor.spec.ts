import type { Page } from '@playwright/test';
import { drawWire, node, openEmpty, save, unique, wires } from './editor';
import { expect, seriousFindings, test } from './lics';

/** What every FR1 needs: a lever to press, and a pump. */
async function declareBox(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Devices' }).click();
  const panel = page.getByRole('tabpanel', { name: 'Devices' });
  for (const [index, name] of ['poke_1', 'pump'].entries()) {
    await panel.getByRole('button', { name: 'Add to Channels' }).click();
    // The first name is that of the role.
    await panel
      .getByRole('textbox', { name: 'Name' })
      .nth(index + 1)
      .fill(name);
  }
  await panel.getByRole('combobox', { name: 'Direction' }).nth(1).click();
  await page.getByRole('option', { name: 'out', exact: true }).click();
}

/** Says on the transition or state that is selected what it answers to. */
async function answer(page: Page, event: string): Promise<void> {
  await page
    .getByRole('tabpanel', { name: 'Selected' })
    .getByRole('combobox', { name: 'Event', exact: true })
    .fill(event);
}

test('a fixed-ratio schedule is drawn from nothing by mouse, saved, and there again', async ({
  page,
}) => {
  const name = unique('FR1 by mouse');
  await openEmpty(page, name);
  await declareBox(page);

  await page.getByRole('textbox', { name: 'Search nodes' }).fill('Task');
  await page
    .getByRole('region', { name: 'Nodes to add' })
    .getByRole('button', { name: 'Task', exact: true })
    .dragTo(page.getByRole('application'), { targetPosition: { x: 300, y: 120 } });
  await expect(node(page, 'task')).toBeVisible();
  await page.getByRole('textbox', { name: 'Search nodes' }).fill('');
  await drawWire(page, ['start', 'out'], ['task', 'in']);
  await expect(wires(page)).toHaveCount(1);

  await node(page, 'task').dblclick();
  await expect(page.getByRole('navigation', { name: 'Where you are' })).toContainText('Task');
  const palette = page.getByRole('region', { name: 'Nodes to add' });
  await palette.getByRole('button', { name: 'State', exact: true }).click();
  await palette.getByRole('button', { name: 'State', exact: true }).click();
  await expect(node(page, 'state_2')).toBeVisible();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Arrange everything here' }).click();
  await drawWire(page, ['state', 'out'], ['state_2', 'in']);
  await answer(page, 'poke_1_in');
  await expect(page.locator('.react-flow__edgelabel-renderer')).toContainText('poke_1_in');

  await save(page);
  await page.reload();
  await expect(node(page, 'task')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Name of the protocol' })).toHaveValue(name);
  await node(page, 'task').dblclick();
  await expect(page.locator('.react-flow__edgelabel-renderer')).toContainText('poke_1_in');
  expect(await seriousFindings(page)).toEqual([]);
});

test('steps are drawn, wired, opened and undone by keyboard alone', async ({ page }) => {
  await openEmpty(page, unique('By keyboard'));
  await node(page, 'start').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Shift+Tab');
  await expect(node(page, 'start')).toBeFocused();
  await page.keyboard.press('a');
  await page.getByRole('combobox', { name: 'Add a node' }).fill('task');
  await page.keyboard.press('Enter');
  await expect(node(page, 'task')).toBeFocused();
  await expect(wires(page)).toHaveCount(1);

  await page.keyboard.press('Enter');
  await page.keyboard.press('a');
  await page.getByRole('combobox', { name: 'Add a node' }).fill('state');
  await page.keyboard.press('Enter');
  await expect(node(page, 'state')).toBeFocused();
  await page.keyboard.press('a');
  await page.getByRole('combobox', { name: 'Add a node' }).fill('end of');
  await page.keyboard.press('Enter');
  await expect(node(page, 'exit')).toBeFocused();

  await page.keyboard.press('Control+z');
  await expect(node(page, 'exit')).toHaveCount(0);
  await page.keyboard.press('Alt+ArrowUp');
  await expect(node(page, 'end')).toBeVisible();
});

test('what the server objects to is found, repaired, and no longer said', async ({ page }) => {
  await openEmpty(page, unique('Repaired'));
  const problems = page.getByRole('tabpanel', { name: 'Problems' });
  await expect(problems).toContainText('leads nowhere');
  await problems.getByRole('button', { name: /leads nowhere/ }).click();
  await expect(node(page, 'start')).toHaveClass(/selected/);
  await drawWire(page, ['start', 'out'], ['end', 'in']);
  await expect(problems).not.toContainText('leads nowhere');
});

test('of two windows the second to save is told, and overwrites nothing', async ({
  page,
  context,
}) => {
  await openEmpty(page, unique('Twice'));
  await save(page);
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(node(other, 'start')).toBeVisible();
  await other.getByRole('tab', { name: 'About' }).click();
  await other.getByRole('textbox', { name: 'Reference' }).fill('theirs');
  await other.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(other.getByText('version 2', { exact: true })).toBeVisible();

  await page.getByRole('tab', { name: 'About' }).click();
  await page.getByRole('textbox', { name: 'Reference' }).fill('mine');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Somebody else saved this protocol' });
  await expect(dialog).toContainText('saved version 2');
  await dialog.getByRole('button', { name: 'Save mine after version 2' }).click();
  await expect(page.getByText('version 3', { exact: true })).toBeVisible();
  await page.getByRole('tab', { name: 'Versions' }).click();
  await expect(
    page.getByRole('button', { name: 'Compare version 2 with the latest' }),
  ).toBeVisible();
});

test('a drawing is not lost by leaving without saving it', async ({ page }) => {
  await openEmpty(page, unique('Left'));
  await page.getByRole('link', { name: 'Runs', exact: true }).first().click();
  const dialog = page.getByRole('dialog', { name: 'The drawing is not saved' });
  await dialog.getByRole('button', { name: 'Stay' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(node(page, 'start')).toBeVisible();
});
