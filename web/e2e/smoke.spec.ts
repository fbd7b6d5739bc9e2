import { addSubject, ask } from './api';
import { expect, ready, seriousFindings, test } from './lics';
import { kill } from './parts';

const pages = [
  '/',
  '/inbox',
  '/runs',
  '/runs/start',
  '/protocols',
  '/editor',
  '/editor?template=5csrtt',
  '/templates',
  '/devices',
  '/devices/box-1',
  '/subjects',
  '/experiments',
  '/no/such/page',
];

/** Pages of one thing, which has to be there. */
const details: Record<string, () => Promise<string>> = {
  '/subjects/$subjectId': async () => {
    const id = await addSubject({
      name: `Smoke ${crypto.randomUUID().slice(0, 8)}`,
      species: 'Rattus norvegicus',
      baselineGrams: 300,
    });
    await ask(
      'mutation($input: RecordWeightInput!) { recordWeight(input: $input) { weight { id } } }',
      { input: { subject: id, grams: 290 } },
    );
    return `/subjects/${id}`;
  },
  '/experiments/$experimentId': async () => {
    const { saveExperiment } = await ask<{ saveExperiment: { experiment: { id: string } } }>(
      'mutation($input: SaveExperimentInput!) { saveExperiment(input: $input) { experiment { id } } }',
      { input: { name: `Smoke ${crypto.randomUUID().slice(0, 8)}`, description: 'Of pages.' } },
    );
    return `/experiments/${saveExperiment.experiment.id}`;
  },
};

test.describe('without a session', () => {
  test.use({ loggedIn: false, expectedMessages: [/status of 401/] });

  test('a token logs in, and leads to the page that was asked for', async ({ page }) => {
    await page.goto('/devices');
    await page.getByLabel('Access token').fill('wrong');
    await page.getByRole('button', { name: 'Log in' }).click();
    await expect(page.getByRole('alert')).toContainText('not valid');
    expect(await seriousFindings(page)).toEqual([]);

    await page.getByLabel('Access token').fill(ready().token);
    await page.getByRole('button', { name: 'Log in' }).click();
    await expect(page).toHaveURL(/\/devices$/);
    await expect(page.getByRole('heading', { name: 'Devices', level: 1 })).toBeVisible();
    await expect(page.getByText('box-1')).toBeVisible();
  });

  test('the link that is printed at the start logs in, and the menu logs out', async ({ page }) => {
    await page.goto(ready().login);
    await expect(page.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible();
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Log out' }).click();
    await expect(page.getByLabel('Access token')).toBeVisible();
  });
});

for (const [look, colorScheme, viewport] of [
  ['light', 'light', { width: 1366, height: 768 }],
  ['dark', 'dark', { width: 1366, height: 768 }],
  ['on a phone', 'dark', { width: 390, height: 844 }],
] as const) {
  test.describe(look, () => {
    test.use({ colorScheme, viewport });

    for (const path of [...pages, ...Object.keys(details)]) {
      test(`${path} can be used by everybody and fits its window`, async ({ page }) => {
        await page.goto((await details[path]?.()) ?? path);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await expect(page.getByText('Loading…')).toHaveCount(0);
        await expect(page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible();
        expect(await seriousFindings(page)).toEqual([]);
        const wider = await page.evaluate(
          () => document.documentElement.scrollWidth - window.innerWidth,
        );
        expect(wider).toBeLessThanOrEqual(0);
      });
    }
  });
}

test('dialogs keep to the content policy, and keys lead from page to page', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible();
  expect(await seriousFindings(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await page.keyboard.press('Control+k');
  await page.getByRole('textbox', { name: 'Commands' }).fill('subj');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Subjects', level: 1 })).toBeVisible();
  await expect(page).toHaveTitle('Subjects · LICS');

  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('g');
  await page.keyboard.press('d');
  await expect(page.getByRole('heading', { name: 'Devices', level: 1 })).toBeVisible();
});

test('the first key leads past the menu to the content', async ({ page }) => {
  await page.goto('/runs');
  await expect(page.getByRole('heading', { name: 'Runs', level: 1 })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('#content')).toBeFocused();
});

test.describe('while its programs do not load', () => {
  test.use({ expectedMessages: [/ERR_FAILED/] });

  test('a chosen colour scheme is there before the first paint of the next visit', async ({
    page,
  }) => {
    await page.goto('/');
    await page.getByRole('button', { name: 'Colours' }).click();
    await page.getByRole('menuitem', { name: 'Dark' }).click();
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
    await page.route('**/assets/*.js', (route) => route.abort());
    await page.goto('/runs', { waitUntil: 'commit' });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  });
});

test.describe('when the server is killed', () => {
  test.use({ expectedMessages: [/ERR_CONNECTION|WebSocket|Failed to load resource/] });

  test('the page says so, and is live again by itself', async ({ page }) => {
    await page.goto('/devices');
    const live = page.getByRole('status').filter({ hasText: 'Live' });
    await expect(live).toBeVisible();
    kill('server');
    await expect(page.getByRole('status').filter({ hasText: 'Reconnecting' })).toBeVisible();
    await expect(live).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText('box-1')).toBeVisible();
  });
});

test('a list of a thousand has only the rows in sight in the page', async ({ page }) => {
  test.setTimeout(90_000);
  const group = crypto.randomUUID().slice(0, 8);
  for (let n = 0; n < 1_000; n += 50) {
    await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        addSubject({ name: `${group} ${n + i}`, cohort: group }),
      ),
    );
  }
  await page.goto(`/subjects?q=${group}`);
  const table = page.getByRole('table', { name: 'Subjects' });
  await expect(table.getByRole('row').nth(10)).toBeVisible();
  await expect
    .poll(
      async () => {
        await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
        return table.getAttribute('aria-rowcount');
      },
      { timeout: 60_000 },
    )
    .toBe('1001');
  expect(await table.getByRole('row').count()).toBeLessThan(80);
});
