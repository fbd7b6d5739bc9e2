import {
  drawWire,
  fixedRatio,
  form,
  node,
  openDrawing,
  openEmpty,
  palette,
  problems,
  unique,
  wire,
  wireLabel,
} from './editor';
import { expect, seriousFindings, test } from './lics';

test('an expression is coloured, completed with what it can read, and underlined where it is wrong', async ({
  page,
}) => {
  await openDrawing(page, fixedRatio(unique('Expression')));
  await node(page, 'task').dblclick();
  await wireLabel(page, 'lever_1_in').click();
  const guard = form(page).getByRole('textbox', { name: 'Guard' });
  await guard.click();
  await page.keyboard.type('pre');
  const offered = page.locator('.cm-tooltip-autocomplete');
  await expect(offered.getByRole('option', { name: /^presses/ })).toBeVisible();
  // A list that has just come takes no key for a moment, so that none is chosen by a key meant for the text.
  await expect(async () => {
    await page.keyboard.press('Enter');
    await expect(guard).toHaveText('presses', { timeout: 200 });
  }).toPass();
  await page.keyboard.type(' >= 2 and lev');
  await expect(offered.getByRole('option', { name: /^lever_1/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('vol');
  await expect(offered.getByRole('option', { name: /^volume/ })).toBeVisible();
  await page.keyboard.press('Escape');
  // A unit and the inside of a string are no names.
  await page.keyboard.press('Control+a');
  await page.keyboard.type('elapsed > 2s');
  await page.keyboard.type(' and "lev');
  await expect(offered).toHaveCount(0);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('presses >= 2 and "left" != "right"');
  await page.keyboard.press('Escape');
  await expect(problems(page)).not.toContainText('Guard');
  const colour = (text: string) =>
    guard
      .locator('span', { hasText: text })
      .last()
      .evaluate((element) => getComputedStyle(element).color);
  const colours = await Promise.all(['2', 'and', '"left"'].map(colour));
  expect(new Set(colours).size).toBe(3);
  expect(await seriousFindings(page)).toEqual([]);

  await page.keyboard.press('Control+a');
  await page.keyboard.type('presses >= nothing');
  await page.keyboard.press('Escape');
  await expect(form(page).locator('.cm-lintRange-error')).toHaveText('nothing');
  await expect(form(page)).toContainText(/nothing/);
  await expect(wire(page, 'wait-reward')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(form(page).locator('.cm-lintRange-error')).toHaveCount(0);
});

test('an expression takes a pasted line break as a space', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openDrawing(page, fixedRatio(unique('Lines')));
  await node(page, 'task').dblclick();
  await wireLabel(page, 'lever_1_in').click();
  const guard = form(page).getByRole('textbox', { name: 'Guard' });
  await guard.click();
  await page.evaluate(() => navigator.clipboard.writeText('presses >= 2\nand true'));
  await page.keyboard.press('Control+v');
  await expect(guard).toHaveText('presses >= 2 and true');
});

test('an action shows the fields of what it does, and no others', async ({ page }) => {
  await openDrawing(page, fixedRatio(unique('Verbs')));
  await node(page, 'task').dblclick();
  await node(page, 'wait').click();
  await form(page).getByRole('button', { name: 'Add to On entry' }).click();
  const entry = form(page).getByRole('group', { name: 'On entry' });
  const verb = entry.getByRole('combobox', { name: 'Do', exact: true });
  const as = async (what: string) => {
    await verb.click();
    await page.getByRole('option', { name: what, exact: true }).click();
  };
  const field = (name: string) =>
    entry.getByRole('textbox', { name }).or(entry.getByRole('combobox', { name }));
  await expect(field('Channel')).toBeVisible();
  await expect(field('Volume')).toHaveCount(0);
  await as('pulse');
  await expect(field('Volume')).toBeVisible();
  await expect(field('Variable')).toHaveCount(0);
  await field('Channel').click();
  // Only outputs can be driven.
  await expect(page.getByRole('option', { name: 'pump', exact: true })).toBeVisible();
  await expect(page.getByRole('option', { name: 'lever_1', exact: true })).toHaveCount(0);
  await page.getByRole('option', { name: 'pump', exact: true }).click();
  await as('assign');
  await expect(field('Variable')).toBeVisible();
  await expect(field('Volume')).toHaveCount(0);
  // What was chosen before is shown as long as it is there, so that it can be taken out.
  await expect(field('Channel')).toHaveValue('pump');
  await field('Channel').fill('');
  await expect(field('Channel')).toHaveCount(0);
  await as('print');
  await expect(field('Text')).toBeVisible();
  await expect(field('Variable')).toHaveCount(0);
});

test('a wire asks for an event only where its port does not say it', async ({ page }) => {
  await openDrawing(page, fixedRatio(unique('Ports')));
  await node(page, 'task').dblclick();
  await wireLabel(page, 'lever_1_in').click();
  const event = form(page).getByRole('combobox', { name: 'Event', exact: true });
  await expect(event).toHaveValue('lever_1_in');
  await expect(form(page).getByRole('group', { name: 'Events' })).toBeVisible();

  await wire(page, 'reward-interval').click({ force: true });
  await expect(form(page).getByText('from reward to interval')).toBeVisible();
  await expect(form(page).getByRole('textbox', { name: 'Guard' })).toBeVisible();
  await expect(event).toHaveCount(0);
  await expect(form(page).getByRole('group', { name: 'Events' })).toHaveCount(0);

  await page.getByRole('button', { name: 'Session', exact: true }).click();
  await wire(page, 'start-task').click();
  await expect(form(page).getByText('from start to task')).toBeVisible();
  await expect(form(page).getByRole('textbox')).toHaveCount(0);
});

test('a field says its unit, its limits and what is wrong with it in the server’s words', async ({
  page,
}) => {
  await openEmpty(page, unique('Units'));
  await palette(page).getByRole('button', { name: 'Wait', exact: true }).click();
  const duration = form(page).getByRole('textbox', { name: 'Duration' });
  await expect(form(page)).toContainText('duration is missing');
  await duration.click();
  await page.keyboard.type('500ms');
  await expect(form(page)).toContainText(/2\s?s/);
  await expect(
    node(page, 'wait').getByRole('img', { name: /has (errors|warnings)/ }),
  ).toBeVisible();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('10min');
  await drawWire(page, ['start', 'out'], ['wait', 'in']);
  await drawWire(page, ['wait', 'out'], ['end', 'in']);
  await expect(problems(page).getByRole('listitem')).toHaveText([/nothing uses the device box/]);
  await expect(node(page, 'wait')).toContainText('10min');
});

test('a state and an end of a task are renamed, and what names them follows', async ({ page }) => {
  await openDrawing(page, fixedRatio(unique('Renamed')));
  await expect(page.getByText('no problems')).toBeVisible();
  await node(page, 'task').dblclick();
  await node(page, 'wait').click();
  await form(page).getByRole('button', { name: 'Change' }).click();
  await form(page).getByRole('textbox', { name: 'Id' }).fill('press');
  await page.keyboard.press('Enter');
  await expect(node(page, 'press')).toBeVisible();
  await expect(wire(page, '#initial')).toHaveCount(1);
  await node(page, 'over').click();
  await form(page).getByRole('textbox', { name: 'Name' }).pressSequentially('gave_up');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Session', exact: true }).click();
  await expect(node(page, 'task')).toContainText('gave_up');
  await expect(wire(page, 'task-end_2')).toHaveCount(1);
  await expect(page.getByText('no problems')).toBeVisible();
});

test('what is declared gets another name, and all that uses it follows', async ({ page }) => {
  await openDrawing(page, fixedRatio(unique('Followed')));
  await page.getByRole('tab', { name: 'Devices' }).click();
  const devices = page.getByRole('tabpanel', { name: 'Devices' });
  await devices.getByRole('textbox', { name: 'Name' }).nth(1).fill('lever_2');
  await expect(problems(page).getByRole('button', { name: /lever_1_in/ })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByText('lever_1 is lever_2 now, also in 1 field')).toBeVisible();
  await expect(page.getByText('no problems')).toBeVisible();

  await page.getByRole('tab', { name: 'Values' }).click();
  const values = page.getByRole('tabpanel', { name: 'Values' });
  await values.getByRole('textbox', { name: 'Name' }).first().fill('drop');
  await page.keyboard.press('Tab');
  await expect(page.getByText('no problems')).toBeVisible();
  await node(page, 'task').dblclick();
  await expect(node(page, 'reward')).toContainText('drop');
  await expect(page.locator('.react-flow__edgelabel-renderer')).toContainText('lever_2_in');
  await page.keyboard.press('Control+z');
  await expect(node(page, 'reward')).toContainText('volume');
});

test('channels, parameters and variables are declared, and what uses one that is gone is named', async ({
  page,
}) => {
  await openDrawing(page, fixedRatio(unique('Declared')));
  await expect(page.getByText('no problems')).toBeVisible();
  await node(page, 'end').click();
  await page.getByRole('tab', { name: 'Values' }).click();
  const values = page.getByRole('tabpanel', { name: 'Values' });
  await values.getByRole('button', { name: 'Add to Parameters' }).click();
  const name = values.getByRole('textbox', { name: 'Name' }).nth(2);
  await name.pressSequentially('hold');
  await expect(values).toBeVisible();
  await expect(name).toHaveValue('hold');
  await values.getByRole('combobox', { name: 'Type' }).nth(2).fill('duration');
  await page.keyboard.press('Escape');
  await values.getByRole('textbox', { name: 'Default' }).nth(2).fill('1s');

  await values.getByRole('button', { name: 'Remove Parameters 1' }).click();
  const used = problems(page).getByRole('button', { name: /volume/ });
  await expect(used).toContainText('reward');
  await used.click();
  await expect(node(page, 'reward')).toHaveClass(/selected/);
  await page.keyboard.press('Control+z');
  await expect(used).toHaveCount(0);
  await page.getByRole('button', { name: 'Session', exact: true }).click();
  await page.getByRole('tab', { name: 'Values' }).click();
  // Only the removal was taken back.
  await expect(values.getByRole('textbox', { name: 'Name' })).toHaveCount(3);
  await values.getByRole('button', { name: 'Add to Variables' }).click();
  await values.getByRole('textbox', { name: 'Name' }).last().fill('days');
  await values.getByRole('combobox', { name: 'Type' }).last().fill('int');
  await page.keyboard.press('Escape');
  await expect(problems(page).getByRole('listitem')).toHaveText([
    /nothing uses the parameter hold/,
    /nothing uses the variable days/,
  ]);
  expect(await seriousFindings(page)).toEqual([]);
});
