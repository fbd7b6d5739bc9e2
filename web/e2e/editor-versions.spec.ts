import { ask } from './api';
import {
  canvas,
  form,
  nameField,
  node,
  openDrawing,
  openEmpty,
  palette,
  placeOf,
  threeWaits,
  unique,
} from './editor';
import { expect, seriousFindings, test } from './lics';

test('each save is a version with its note, compared in a drawing and in words, and restored', async ({
  page,
}) => {
  await openDrawing(page, threeWaits(unique('Versions')));
  await page.getByRole('tab', { name: 'Versions' }).click();
  const versions = page.getByRole('tabpanel', { name: 'Versions' });
  await expect(versions.getByRole('listitem')).toHaveCount(1);

  await node(page, 'second').click();
  const duration = form(page).getByRole('textbox', { name: 'Duration' });
  await duration.click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('90s');
  await page.keyboard.press('Escape');
  await node(page, 'third').click();
  await page.keyboard.press('Control+Delete');
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Save with a note' }).click();
  const dialog = page.getByRole('dialog', { name: 'Save with a note' });
  await dialog.getByRole('textbox', { name: 'What has changed' }).fill('shorter, and slower');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('version 2', { exact: true }).first()).toBeVisible();
  await expect(versions.getByRole('listitem')).toHaveCount(2);
  await expect(versions.getByRole('listitem').first()).toContainText('shorter, and slower');

  await versions.getByRole('button', { name: 'Compare version 1 with the latest' }).click();
  const diff = page.getByRole('dialog', { name: 'From version 1 to version 2' });
  await expect(diff.locator('[data-id="second"] [data-diff="changed"]')).toBeVisible();
  await expect(diff.locator('[data-id="third"] [data-diff="removed"]')).toBeVisible();
  await expect(diff.locator('[data-id="first"] [data-diff]')).toHaveCount(0);
  await expect(diff.getByRole('listitem').filter({ hasText: 'node second' })).toContainText(
    '"20s" → "90s"',
  );
  await expect(diff.getByRole('listitem').filter({ hasText: 'node third' })).toContainText(
    'removed',
  );
  expect(await seriousFindings(page)).toEqual([]);
  await diff.getByRole('button', { name: 'Restore version 1' }).click();
  await expect(diff).toHaveCount(0);
  await expect(page.getByText('version 3', { exact: true }).first()).toBeVisible();
  await expect(node(page, 'third')).toBeVisible();
  await expect(node(page, 'second')).toContainText('20s');
  await expect(versions.getByRole('listitem')).toHaveCount(3);
});

test('where nodes stand is saved, and restoring over unsaved changes asks first', async ({
  page,
}) => {
  await openDrawing(page, threeWaits(unique('Asked')));
  const before = await placeOf(page, 'first');
  await node(page, 'first').click();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('version 2', { exact: true })).toBeVisible();
  await page.reload();
  await expect.poll(() => placeOf(page, 'first')).not.toEqual(before);
  await node(page, 'first').click();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByText('version 2 · changed')).toBeVisible();
  await page.getByRole('tab', { name: 'Versions' }).click();
  await page.getByRole('button', { name: 'Compare version 1 with the latest' }).click();
  const diff = page.getByRole('dialog', { name: 'From version 1 to version 2' });
  await diff.getByRole('button', { name: 'Restore version 1' }).click();
  await expect(diff.getByRole('alert')).toContainText('not saved will be gone');
  await diff.getByRole('button', { name: 'Close' }).last().click();
  await expect(page.getByText('version 2 · changed')).toBeVisible();
});

test('leaving with unsaved work offers to save it, to drop it or to stay', async ({ page }) => {
  const name = unique('Guarded');
  await openEmpty(page, name);
  await palette(page).getByRole('button', { name: 'Wait', exact: true }).click();
  const home = page.getByRole('link', { name: 'Home', exact: true }).first();
  const dialog = page.getByRole('dialog', { name: 'The drawing is not saved' });
  await home.click();
  expect(await seriousFindings(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Save and leave' }).click();
  await expect(page).toHaveURL(/\/$/);
  const { protocols } = await ask<{ protocols: { nodes: { id: string }[] } }>(
    'query($name: String!) { protocols(filter: { search: $name }) { nodes { id } } }',
    { name },
  );
  expect(protocols.nodes).toHaveLength(1);

  await page.goto(`/editor/${protocols.nodes[0]?.id}`);
  await node(page, 'wait').click();
  await page.keyboard.press('Delete');
  await home.click();
  await dialog.getByRole('button', { name: 'Leave without saving' }).click();
  await expect(page).toHaveURL(/\/$/);
  await page.goBack();
  await expect(node(page, 'wait')).toBeVisible();
  await expect(page.getByText('An earlier visit left')).toHaveCount(0);
});

test('two people draw at once: the second is shown what the first did, and takes it or a copy', async ({
  page,
  browser,
  context,
  baseURL,
}) => {
  const name = unique('Together');
  const id = await openDrawing(page, threeWaits(name));
  const elsewhere = await browser.newContext({
    storageState: await context.storageState(),
    baseURL: baseURL ?? '',
  });
  const other = await elsewhere.newPage();
  await other.goto(`/editor/${id}`);
  await node(other, 'third').click();
  await other.keyboard.press('Control+Delete');
  await other.keyboard.press('Control+s');
  await expect(other.getByText('version 2', { exact: true })).toBeVisible();

  await palette(page).getByRole('button', { name: 'Wait', exact: true }).click();
  await page.keyboard.press('Control+s');
  const dialog = page.getByRole('dialog', { name: 'Somebody else saved this protocol' });
  await expect(dialog.locator('[data-id="third"] [data-diff="added"]')).toBeVisible();
  await expect(dialog.locator('[data-id="wait"] [data-diff="added"]')).toBeVisible();
  expect(await seriousFindings(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Decide later' }).click();
  await expect(page.getByText('version 1 · changed')).toBeVisible();

  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await dialog.getByRole('button', { name: 'Save mine as a copy' }).click();
  await expect(nameField(page)).toHaveValue(`${name} (copy)`);
  await expect(page).not.toHaveURL(new RegExp(id));
  await expect(node(page, 'third')).toBeVisible();

  await other.reload();
  await expect(node(other, 'first')).toBeVisible();
  await expect(node(other, 'third')).toHaveCount(0);
  await expect(other.getByText('version 2', { exact: true })).toBeVisible();

  await page.goto(`/editor/${id}`);
  await node(page, 'second').click();
  await page.keyboard.press('Delete');
  await node(other, 'first').click();
  await other.keyboard.press('ArrowDown');
  await other.keyboard.press('Control+s');
  await expect(other.getByText('version 3', { exact: true })).toBeVisible();
  await page.keyboard.press('Control+s');
  await dialog.getByRole('button', { name: 'Open theirs, drop mine' }).click();
  await expect(node(page, 'second')).toBeVisible();
  await expect(page.getByText('version 3', { exact: true })).toBeVisible();
  await elsewhere.close();
});

test('a draft of an older version does not overwrite what others saved since', async ({ page }) => {
  const id = await openDrawing(page, threeWaits(unique('Draft')));
  await node(page, 'second').click();
  await form(page).getByRole('textbox', { name: 'Label' }).fill('mine');
  await expect
    .poll(() => page.evaluate((key) => localStorage.getItem(key), `lics.draft.${id}`))
    .toContain('mine');
  page.on('dialog', (dialog) => void dialog.accept());
  await page.goto('about:blank');
  const { protocol } = await ask<{ protocol: { latest: { document: { nodes: unknown[] } } } }>(
    'query($id: ID!) { protocol(id: $id) { latest { document } } }',
    { id },
  );
  const { document } = protocol.latest;
  await ask(
    'mutation($input: SaveProtocolInput!) { saveProtocol(input: $input) { version { id } } }',
    {
      input: {
        id,
        expected: 1,
        name: unique('Draft'),
        document: { ...document, description: 'theirs' },
      },
    },
  );
  await page.goto(`/editor/${id}`);
  await page.getByRole('button', { name: 'Restore it' }).click();
  await expect(node(page, 'second')).toContainText('mine');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(
    page.getByRole('dialog', { name: 'Somebody else saved this protocol' }),
  ).toContainText('saved version 2');
  await page.getByRole('button', { name: 'Decide later' }).click();
});

test('an untouched drawing is left without a question', async ({ page }) => {
  await page.goto('/editor');
  await canvas(page).click({ position: { x: 300, y: 40 } });
  await page.getByRole('link', { name: 'Runs', exact: true }).first().click();
  await expect(page).toHaveURL(/\/runs/);
});
