import type { Page } from '@playwright/test';

/** What is done in both editors, with the names that each has for it. */
export interface Subject {
  open(page: Page): Promise<void>;
  /** The drawing as small as the editor makes it. */
  zoomOut(page: Page): Promise<void>;
  canvas: string;
  node: string;
  /** The attribute of the node that says where it is. */
  place: 'style' | 'transform';
}

export const lics = (url: string): Subject => ({
  canvas: '.react-flow__pane',
  node: '.react-flow__node[data-id="n2"]',
  place: 'style',
  open: async (page) => {
    await page.goto(url);
    await page.locator('.react-flow__node[data-id="n2"]').waitFor();
  },
  zoomOut: (page) => page.getByLabel('Fit the view').click(),
});

export const nodeRed = (url: string): Subject => ({
  canvas: '#red-ui-workspace-chart',
  node: '#n2',
  place: 'transform',
  open: async (page) => {
    await page.goto(url);
    await page.locator('#n2').waitFor();
  },
  zoomOut: async (page) => {
    for (let n = 0; n < 10; n++) await page.locator('#red-ui-view-zoom-out').click();
  },
});
