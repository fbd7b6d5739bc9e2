import type { Page } from '@playwright/test';
import { type Demo, found, make } from './demo';
import { expect, test } from './lics';

// Pictures of every page in both themes and both widths, of a lab that has just
// begun and of one that works. `make screenshots` takes them.

const shots = 'screenshots';
const sizes = {
  laptop: { width: 1366, height: 768 },
  phone: { width: 390, height: 844 },
};

let demo: Demo;

/** A page, and what is done on it before its picture is taken. */
interface Picture {
  name: string;
  path: () => string;
  act?: (page: Page) => Promise<void>;
}

const empty: Picture[] = [
  { name: 'empty-home', path: () => '/' },
  { name: 'empty-inbox', path: () => '/inbox' },
  { name: 'empty-runs', path: () => '/runs' },
  { name: 'empty-start', path: () => '/runs/start' },
  { name: 'empty-protocols', path: () => '/protocols' },
  { name: 'empty-editor', path: () => '/editor' },
  { name: 'empty-subjects', path: () => '/subjects' },
  { name: 'empty-experiments', path: () => '/experiments' },
  { name: 'not-found', path: () => '/nowhere' },
];

const openTask = async (page: Page) => {
  await page.locator('.react-flow__node', { hasText: 'nodes inside' }).dblclick();
  await expect(page.locator('.react-flow__node[data-id="choice"]')).toBeVisible();
};

/** As in the README, where `docs/images` has copies of these two. */
const forReadme: Picture[] = [
  {
    name: 'readme-editor',
    path: () => `/editor/${demo.protocol}`,
    act: async (page) => {
      await page.keyboard.press('[');
      await openTask(page);
      await page.getByRole('button', { name: 'Fit the view' }).click();
      await page
        .locator('.react-flow__node[data-id="choice"]')
        .click({ position: { x: 30, y: 8 } });
    },
  },
  {
    name: 'readme-run',
    path: () => `/runs/${demo.run}`,
    act: (page) => page.setViewportSize({ ...sizes.laptop, height: 1_136 }),
  },
];

const full: Picture[] = [
  { name: 'home', path: () => '/' },
  { name: 'inbox', path: () => '/inbox' },
  { name: 'runs', path: () => '/runs' },
  { name: 'run', path: () => `/runs/${demo.run}` },
  { name: 'run-finished', path: () => `/runs/${demo.finished}` },
  { name: 'start', path: () => `/runs/start?protocol=${demo.protocol}` },
  { name: 'protocols', path: () => '/protocols' },
  { name: 'editor', path: () => `/editor/${demo.protocol}` },
  {
    name: 'editor-task',
    path: () => `/editor/${demo.protocol}`,
    act: async (page) => {
      const width = page.viewportSize()?.width ?? 0;
      if (width > sizes.phone.width) return openTask(page);
      await page.locator('.react-flow__node', { hasText: 'nodes inside' }).click();
    },
  },
  { name: 'templates', path: () => '/templates' },
  { name: 'devices', path: () => '/devices' },
  { name: 'device', path: () => '/devices/box-2' },
  { name: 'subjects', path: () => '/subjects' },
  { name: 'subject', path: () => `/subjects/${demo.subject}` },
  { name: 'experiments', path: () => '/experiments' },
  { name: 'experiment', path: () => `/experiments/${demo.experiment}` },
];

test.describe('a new lab', () => take(empty, sizes));

test.describe('a lab at work', () => {
  test.beforeAll(async () => {
    test.setTimeout(300_000);
    demo = (await found()) ?? (await make());
  });
  take(full, sizes);
  take(forReadme, { laptop: sizes.laptop });
});

function take(pictures: Picture[], widths: Partial<typeof sizes>): void {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [size, viewport] of Object.entries(widths)) {
      test.describe(`${colorScheme}, ${size}`, () => {
        // The tests listen to the console; a picture is taken all the same.
        test.use({ colorScheme, viewport, expectedMessages: [/.*/s] });
        for (const { name, path, act } of pictures) {
          test(name, async ({ page }) => {
            await page.goto(path());
            await expect(page.locator('#content')).toBeVisible();
            // A tab that is not shown loads nothing.
            await expect(page.getByText('Loading…').filter({ visible: true })).toHaveCount(0);
            await expect(page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible();
            await act?.(page);
            // What is drawn on a canvas is there some frames later.
            await page.evaluate(() => new Promise((drawn) => setTimeout(drawn, 800)));
            await page.screenshot({ path: `${shots}/${name}-${colorScheme}-${size}.png` });
          });
        }
      });
    }
  }
}
