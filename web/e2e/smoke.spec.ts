import { expect, ready, seriousFindings, test } from './lics';

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

    for (const path of pages) {
      test(`${path} can be used by everybody and fits its window`, async ({ page }) => {
        await page.goto(path);
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
    const { server } = ready().pids;
    if (!server) throw new Error('the ready file names no server');
    process.kill(server, 'SIGKILL');
    await expect(page.getByRole('status').filter({ hasText: 'Reconnecting' })).toBeVisible();
    await expect(live).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText('box-1')).toBeVisible();
  });
});
