import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, seriousFindings, test } from './lics';

async function choose(page: Page, field: string, option: string | RegExp) {
  await page.getByRole('combobox', { name: field }).or(page.getByLabel(field)).first().click();
  await page.getByRole('option', { name: option }).first().click();
}

test('a run is started, watched, paused, resumed and stopped, and its data downloaded', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await page.goto('/runs/start?template=5csrtt');
  await expect(page.getByRole('heading', { name: 'Start a run', level: 1 })).toBeVisible();
  await expect(page.getByText('Role box has no device.')).toBeVisible();
  const start = page.getByRole('button', { name: 'Start', exact: true });
  await expect(start).toBeDisabled();
  expect(await seriousFindings(page)).toEqual([]);

  await page.getByLabel('Trials', { exact: true }).fill('0');
  await choose(page, 'Device for box', /box-1/);
  await expect(start).toBeDisabled();
  await page.getByLabel('Trials', { exact: true }).fill('50');
  await expect(start).toBeEnabled();
  await start.click();

  await expect(page).toHaveURL(/\/runs\/[0-9a-f-]{36}$/);
  await expect(page.getByText('Running')).toBeVisible();
  await expect(page.getByText('correct', { exact: true })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('img', { name: /^The last outcomes: / })).toBeVisible();
  await page.getByRole('button', { name: 'As a table' }).click();
  await expect(page.getByRole('table', { name: 'Recorded events, latest first' })).toContainText(
    'state',
  );
  expect(await seriousFindings(page)).toEqual([]);

  await page.getByRole('button', { name: 'Pause' }).click();
  const question = page.getByRole('dialog', { name: 'Pause the run?' });
  await expect(question).toContainText('at its next trial');
  await question.getByLabel(/^Why/).fill('the lid was open');
  await question.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Gaps' })).toContainText('paused');

  await page.getByRole('tab', { name: 'Parameters' }).click();
  await page.getByRole('button', { name: 'Change Limited hold' }).click();
  const change = page.getByRole('dialog', { name: 'Change Limited hold while the run is on' });
  await change.getByLabel('Limited hold').fill('many');
  await change.getByRole('button', { name: 'Change it' }).click();
  await expect(change).toContainText('many');
  await expect(change.getByLabel('Limited hold')).toHaveAttribute('aria-invalid', 'true');
  await change.getByLabel('Limited hold').fill('3s');
  await change.getByLabel(/^Why/).fill('slow today');
  await change.getByRole('button', { name: 'Change it' }).click();
  await expect(page.getByText('Limited hold applies at the next trial')).toBeVisible();
  await expect(page.getByRole('row', { name: /^Limited hold/ })).toContainText('3s');
  await expect(page.getByRole('row', { name: /^Limited hold/ })).toContainText(
    'changed while it ran',
  );

  await page.getByRole('tab', { name: 'Notes' }).click();
  await page.getByLabel('Write into the record').fill('looks well');
  await page.getByRole('button', { name: 'Add the note' }).click();
  await expect(page.getByRole('tabpanel').getByText('looks well')).toBeVisible();

  await page.getByRole('button', { name: 'Stop' }).click();
  await page
    .getByRole('dialog', { name: 'Stop the run?' })
    .getByRole('button', { name: 'Stop' })
    .click();
  await expect(page.getByText('Stopped', { exact: true })).toBeVisible({ timeout: 60_000 });

  await page.getByRole('button', { name: 'Download' }).click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Events (TSV)' }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/\.tsv$/);
  const rows = (await readFile(await file.path(), 'utf8')).split('\n');
  expect(rows[0]).toBe('time\ttype\tsubtype\tcontent');
  expect(rows.some((row) => row.includes('correct'))).toBe(true);

  await page.goto('/runs?status=%5B%22STOPPED%22%5D');
  await expect(
    page.getByRole('link', { name: 'Five-choice serial reaction time task' }).first(),
  ).toBeVisible();
  await page.goto('/runs?status=%5B%22HALTED%22%5D');
  await expect(page.getByText('No such run')).toBeVisible();
});

test('a protocol is dry-run before it is started: stepped through, and with many animals', async ({
  page,
}) => {
  await page.goto('/runs/start?template=5csrtt');
  await page.getByRole('button', { name: 'Dry-run it first' }).click();
  const go = page.getByRole('button', { name: 'Dry-run', exact: true });
  await go.click();
  await expect(page.getByText('reached its end')).toBeVisible({ timeout: 30_000 });
  const time = page.getByRole('slider', { name: 'Time in the dry-run' });
  await expect(time).toHaveAttribute('aria-valuenow', '0');
  await page.getByRole('button', { name: 'One event forward' }).click();
  await expect(time).not.toHaveAttribute('aria-valuenow', '0');
  await page.getByRole('button', { name: 'One event back' }).click();
  await expect(time).toHaveAttribute('aria-valuenow', '0');
  expect(await seriousFindings(page)).toEqual([]);

  await page.getByText('Many animals').click();
  await go.click();
  await expect(page.getByRole('img', { name: /^Volume: nine of ten/ })).toBeVisible({
    timeout: 60_000,
  });
});
