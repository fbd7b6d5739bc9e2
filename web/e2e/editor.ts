import type { Locator, Page } from '@playwright/test';
import { ask } from './api';
import { expect } from './lics';

/** A name that no other test has used. */
export const unique = (name: string) => `${name} ${Date.now().toString(36)}`;

export const canvas = (page: Page) => page.getByRole('application');
export const node = (page: Page, id: string) => page.locator(`.react-flow__node[data-id="${id}"]`);
export const port = (page: Page, id: string, name: string, kind: 'source' | 'target') =>
  node(page, id).locator(`.react-flow__handle.${kind}[data-handleid="${name}"]`);
export const wires = (page: Page) => page.locator('.react-flow__edge');
export const wire = (page: Page, id: string) => page.locator(`.react-flow__edge[data-id="${id}"]`);
/** What is written on a wire, which is clicked like the wire itself. */
export const wireLabel = (page: Page, text: string) =>
  page.locator('.react-flow__edgelabel-renderer').getByText(text);
export const palette = (page: Page) => page.getByRole('region', { name: 'Nodes to add' });
/** The form of what is selected. */
export const form = (page: Page) => page.getByRole('tabpanel', { name: 'Selected' });
export const problems = (page: Page) => page.getByRole('tabpanel', { name: 'Problems' });
export const nameField = (page: Page) =>
  page.getByRole('textbox', { name: 'Name of the protocol' });

export async function openEmpty(page: Page, name: string): Promise<void> {
  await page.goto('/editor');
  await expect(node(page, 'start')).toBeVisible();
  await nameField(page).fill(name);
}

/** Saves a drawing as a protocol through the API, and opens it. Gives its id. */
export async function openDrawing(page: Page, drawing: Drawing): Promise<string> {
  const document = { kind: 'lics.protocol', format: 1, ...drawing };
  const { saveProtocol } = await ask<{ saveProtocol: { protocol: { id: string } } }>(
    'mutation($input: SaveProtocolInput!) { saveProtocol(input: $input) { protocol { id } } }',
    { input: { document, name: drawing.name } },
  );
  const { id } = saveProtocol.protocol;
  await page.goto(`/editor/${id}`);
  await expect(page.locator('.react-flow__node').first()).toBeVisible();
  return id;
}

export interface Drawing {
  name: string;
  nodes: unknown[];
  edges: unknown[];
  roles?: unknown[];
  parameters?: unknown[];
  variables?: unknown[];
}

async function middleOf(where: Locator): Promise<{ x: number; y: number }> {
  const box = await where.boundingBox();
  if (!box) throw new Error(`${where} is not on the page`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Moves the pointer, with its button down, from one place to another. */
export async function drag(
  page: Page,
  from: Locator | { x: number; y: number },
  to: Locator | { x: number; y: number },
): Promise<void> {
  const start = 'x' in from ? from : await middleOf(from);
  const end = 'x' in to ? to : await middleOf(to);
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(end.x, end.y, { steps: 10 });
  await page.mouse.up();
}

export async function drawWire(
  page: Page,
  from: [string, string],
  to: [string, string],
): Promise<void> {
  await drag(page, port(page, ...from, 'source'), port(page, ...to, 'target'));
}

/** Drags a kind of node from the palette to a place of the canvas. */
export async function place(page: Page, kind: string, at: { x: number; y: number }): Promise<void> {
  await palette(page)
    .getByRole('button', { name: kind, exact: true })
    .dragTo(canvas(page), { targetPosition: at });
}

/** Where a node stands on the screen. */
export async function placeOf(page: Page, id: string): Promise<{ x: number; y: number }> {
  const box = await node(page, id).boundingBox();
  if (!box) throw new Error(`no node ${id}`);
  return { x: Math.round(box.x), y: Math.round(box.y) };
}

export async function choose(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

export async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page).toHaveURL(/\/editor\/[0-9a-f-]{36}$/);
  await expect(page.getByText(/^version \d+$/)).toBeVisible();
}

const step = (id: string, type: string, x: number, y = 0, data = {}) => ({
  id,
  type,
  position: { x, y },
  data,
});
const leads = (source: string, target: string, sourceHandle = 'out') => ({
  id: `${source}-${target}`,
  source,
  sourceHandle,
  target,
  targetHandle: 'in',
});

/** Three waits one after the other. */
export const threeWaits = (name: string): Drawing => ({
  name,
  nodes: [
    step('start', 'start', 0),
    step('first', 'wait', 160, 0, { duration: '10s' }),
    step('second', 'wait', 400, 90, { duration: '20s' }),
    step('third', 'wait', 700, 30, { duration: '30s' }),
    step('end', 'end', 960, 0, { outcome: 'completed' }),
  ],
  edges: [
    leads('start', 'first'),
    leads('first', 'second'),
    leads('second', 'third'),
    leads('third', 'end'),
  ],
});

/** FR1 as a drawing: a press of the lever gives a drop, after it an interval. */
export const fixedRatio = (name: string): Drawing => ({
  name,
  roles: [
    {
      name: 'box',
      channels: [
        { name: 'lever_1', direction: 'in' },
        { name: 'pump', direction: 'out' },
      ],
    },
  ],
  parameters: [
    { name: 'volume', type: 'float', default: 3, unit: 'µl' },
    { name: 'iti', type: 'duration', default: '2s', live: true },
  ],
  nodes: [
    step('start', 'start', 0),
    step('task', 'task', 180, 0, {
      initial: 'wait',
      role: 'box',
      variables: [{ name: 'presses', type: 'int' }],
      limits: { trials: '5' },
    }),
    { ...step('wait', 'state', 40, 60, { trial: true, timer: '60s' }), parent: 'task' },
    {
      ...step('reward', 'deliver_liquid', 320, 60, { channel: 'pump', volume: 'volume' }),
      parent: 'task',
    },
    {
      ...step('interval', 'inter_trial_interval', 600, 60, { duration: 'iti' }),
      parent: 'task',
    },
    { ...step('over', 'exit', 320, 220), parent: 'task' },
    step('end', 'end', 900, 0, { outcome: 'completed' }),
  ],
  edges: [
    leads('start', 'task'),
    leads('task', 'end', 'limit'),
    leads('task', 'end', 'over'),
    {
      ...leads('wait', 'reward'),
      data: {
        event: 'lever_1_in',
        actions: [
          { do: 'assign', variable: 'presses', value: 'presses + 1' },
          { do: 'outcome', outcome: 'rewarded' },
        ],
      },
    },
    leads('reward', 'interval'),
    leads('interval', 'wait'),
    { ...leads('wait', 'over'), id: 'wait-over', data: { event: 'timeup' } },
  ].map((edge, index) => (index === 2 ? { ...edge, id: 'task-end_2' } : edge)),
});

/** Does what the command palette calls so, by keyboard. */
export async function command(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+k');
  const box = page.getByPlaceholder('Go to, or do');
  await expect(box).toBeFocused();
  await page.keyboard.type(name);
  await expect(page.locator('[data-selected]', { hasText: name })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(box).toBeHidden();
}
