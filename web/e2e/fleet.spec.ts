import { addSubject, ask, askForWeight, startRun, statusOf } from './api';
import { expect, seriousFindings, test } from './lics';

test('an output is driven from the test panel, seen on, and off with everything', async ({
  page,
}) => {
  await page.goto('/devices/box-2');
  const lamp = page.getByRole('img', { name: /^Level of house_light/ });
  await expect(lamp).toHaveAccessibleName('Level of house_light: 0');
  await page.getByRole('switch', { name: 'Drive house_light' }).click({ force: true });
  await expect(lamp).toHaveAccessibleName('Level of house_light: 1');
  await page.getByRole('button', { name: 'Everything off' }).click();
  await expect(lamp).toHaveAccessibleName('Level of house_light: 0');

  const changes = page.getByRole('img', { name: /^Level of cue_light/ });
  await page.getByRole('textbox', { name: 'Length of a pulse of cue_light' }).fill('20');
  await page.getByRole('button', { name: 'Pulse cue_light' }).click();
  await expect(changes).toHaveAttribute('title', '2 changes');
  expect(await seriousFindings(page)).toEqual([]);
});

test('what was switched on goes off when the page is left', async ({ page }) => {
  await page.goto('/devices/box-2');
  const lamp = page.getByRole('img', { name: /^Level of tray_light/ });
  await expect(lamp).toHaveAccessibleName('Level of tray_light: 0');
  await page.getByRole('switch', { name: 'Drive tray_light' }).click({ force: true });
  await expect(lamp).toHaveAccessibleName('Level of tray_light: 1');
  await page.getByRole('link', { name: 'Devices', exact: true }).first().click();
  await expect(page.getByRole('heading', { name: 'Devices', level: 1 })).toBeVisible();
  const level = async () => {
    const { sendDeviceCommand } = await ask<{ sendDeviceCommand: { result: unknown } }>(
      `mutation { sendDeviceCommand(input: { device: "box-2", verb: READ, channel: "tray_light" }) { result } }`,
    );
    return JSON.stringify(sendDeviceCommand.result);
  };
  await expect.poll(level, { timeout: 30_000 }).toMatch(/\b0\b/);
});

test('a weight is recorded, and one that is far from the last has to be confirmed', async ({
  page,
}) => {
  const id = await addSubject({ name: 'W-1', species: 'mouse', baselineGrams: 25 });
  await page.goto(`/subjects/${id}`);
  await page.getByRole('textbox', { name: 'Weight in grams' }).fill('24.5');
  await page.getByRole('button', { name: 'Record' }).click();
  const weighings = page.getByRole('table', { name: 'Weighings' });
  await expect(weighings).toContainText('24.5 g');
  await expect(weighings).toContainText('98 %');

  await page.getByRole('textbox', { name: 'Weight in grams' }).fill('2.4');
  await page.getByRole('button', { name: 'Record' }).click();
  await page.getByRole('checkbox', { name: /2\.4 g is right/ }).check();
  await page.getByRole('button', { name: 'Record anyway' }).click();
  await expect(weighings).toContainText('2.4 g');
  expect(await seriousFindings(page)).toEqual([]);

  await page.getByRole('button', { name: 'Correct 2.4 g' }).click();
  await page.getByRole('textbox', { name: 'Why' }).fill('A slip of the decimal point');
  await page.getByRole('textbox', { name: 'Weight in grams' }).last().fill('24');
  await page.getByRole('dialog').getByRole('button', { name: 'Correct' }).click();
  await expect(page.getByRole('button', { name: 'Correct 2.4 g' })).toHaveCount(0);
  await expect(weighings).toContainText('24 g');
});

test('a question comes into the open inbox, is answered there, and the run goes on', async ({
  page,
}) => {
  await page.goto('/inbox');
  await expect(page.getByRole('heading', { name: 'Inbox', level: 1 })).toBeVisible();
  const run = await startRun({ document: askForWeight, devices: [] });
  const question = page.getByRole('article', { name: 'Weigh the animal' });
  await expect(question).toBeVisible();
  expect(await seriousFindings(page)).toEqual([]);

  await question.getByRole('button', { name: 'Ready' }).click();
  await expect(question).toContainText('This must be filled in.');
  await question.getByRole('textbox', { name: 'Weight' }).fill('9');
  await question.getByRole('button', { name: 'Ready' }).click();
  await question.getByRole('checkbox', { name: /these values are right/ }).check();
  await question.getByRole('button', { name: 'Ready' }).click();
  await expect(question).toHaveCount(0);
  await expect.poll(() => statusOf(run)).toBe('COMPLETED');
});

test('a template runs on a simulated box with one click', async ({ page }) => {
  await page.goto('/templates');
  await page.getByRole('button', { name: 'Run on a simulated box: Fixed ratio' }).click();
  await expect(page).toHaveURL(/\/runs\/[0-9a-f-]{36}$/);
  const id = page.url().split('/').at(-1) ?? '';
  await page.goto('/');
  await expect(page.getByRole('link', { name: /Fixed ratio/ }).first()).toBeVisible();
  await ask('mutation($run: ID!) { stopRun(input: { run: $run }) { run { id } } }', { run: id });
  await expect.poll(() => statusOf(id), { timeout: 30_000 }).toBe('STOPPED');
});
