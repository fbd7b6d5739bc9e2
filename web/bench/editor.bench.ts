import { type Browser, type Page, test } from '@playwright/test';
import { nodeRedFlowOf, protocolOf } from './flows';
import { framesDuring, quantile } from './frames';
import { startNodeRed } from './node-red';

const nodes = 1_000;
const repeats = 3;

interface Figures {
  loadMs: number;
  panP95Ms: number;
  dragP95Ms: number;
  undoMs: number;
}

/** What is done in both editors, with the names that each has for it. */
interface Subject {
  open(page: Page): Promise<void>;
  canvas: string;
  node: string;
  /** Where a node is, to see that it was dragged and that undo took it back. */
  place(page: Page): Promise<string>;
}

test('the editor with a thousand nodes, beside Node-RED', async ({ browser }) => {
  test.setTimeout(600_000);
  const peer = await startNodeRed(nodeRedFlowOf(nodes));
  try {
    const url = process.env.LICS_E2E_URL ?? '';
    const id = await saveProtocol(url);
    const lics: Subject = {
      canvas: '.react-flow__pane',
      node: '.react-flow__node[data-id="n2"]',
      open: async (page) => {
        await page.goto(`${url}/editor/${id}`);
        await page.locator('.react-flow__node[data-id="n2"]').waitFor();
      },
      place: (page) =>
        page
          .locator('.react-flow__node[data-id="n2"]')
          .evaluate((node) => (node as HTMLElement).style.transform),
    };
    const nodeRed: Subject = {
      canvas: '#red-ui-workspace-chart',
      node: '#n2',
      open: async (page) => {
        await page.goto(peer.url);
        await page.locator('#n2').waitFor();
      },
      place: async (page) => (await page.locator('#n2').getAttribute('transform')) ?? '',
    };
    const ours: Figures[] = [];
    const theirs: Figures[] = [];
    for (let n = 0; n < repeats; n++) {
      ours.push(await measure(browser, lics, true));
      theirs.push(await measure(browser, nodeRed, false));
    }
    print(ours, theirs);
  } finally {
    await peer.stop();
  }
});

async function saveProtocol(url: string): Promise<string> {
  const query = `mutation Bench($input: SaveProtocolInput!) { saveProtocol(input: $input) { protocol { id } } }`;
  const document = protocolOf(nodes);
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Authorization: `Bearer ${process.env.LICS_E2E_TOKEN ?? ''}`,
    },
    body: JSON.stringify({ query, variables: { input: { document, name: document.name } } }),
  });
  const answer = (await response.json()) as {
    data?: { saveProtocol: { protocol: { id: string } } };
    errors?: { message: string }[];
  };
  if (!answer.data) throw new Error(answer.errors?.[0]?.message ?? 'not saved');
  return answer.data.saveProtocol.protocol.id;
}

async function measure(browser: Browser, subject: Subject, login: boolean): Promise<Figures> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  try {
    const page = await context.newPage();
    if (login) {
      await page.goto(process.env.LICS_E2E_URL ?? '');
      await page.locator('input[name=token]').fill(process.env.LICS_E2E_TOKEN ?? '');
      await page.keyboard.press('Enter');
      await page.locator('#content').waitFor();
    } else {
      await subject.open(page); // the first visit asks things that later ones do not
    }
    const began = performance.now();
    await subject.open(page);
    await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
    const loadMs = performance.now() - began;

    const canvas = await page.locator(subject.canvas).first().boundingBox();
    if (!canvas) throw new Error('there is no canvas');
    await page.mouse.move(canvas.x + canvas.width / 2, canvas.y + canvas.height / 2);
    const pan = await framesDuring(page, async () => {
      for (let n = 0; n < 60; n++) await page.mouse.wheel(n < 30 ? 40 : -40, n < 30 ? 25 : -25);
    });

    const box = await page.locator(subject.node).boundingBox();
    if (!box) throw new Error('there is no node');
    const from = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    const before = await subject.place(page);
    const drag = await framesDuring(page, async () => {
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      for (let n = 1; n <= 60; n++) await page.mouse.move(from.x + n * 2, from.y + n * 3);
      await page.mouse.up();
    });
    if ((await subject.place(page)) === before) throw new Error('the node did not move');
    const undoBegan = performance.now();
    await page.keyboard.press('Control+z');
    while ((await subject.place(page)) !== before) {
      if (performance.now() - undoBegan > 10_000) throw new Error('undo did not take it back');
    }
    const undoMs = performance.now() - undoBegan;
    return {
      loadMs,
      panP95Ms: quantile(pan, 0.95),
      dragP95Ms: quantile(drag, 0.95),
      undoMs,
    };
  } finally {
    await context.close();
  }
}

function print(ours: Figures[], theirs: Figures[]): void {
  const middle = (all: Figures[], pick: (figures: Figures) => number) =>
    quantile(all.map(pick), 0.5);
  const line = (what: string, pick: (figures: Figures) => number) => {
    const a = middle(ours, pick);
    const b = middle(theirs, pick);
    const cells = [`${a.toFixed(0)} ms`, `${b.toFixed(0)} ms`, `${(b / a).toFixed(2)}×`];
    process.stdout.write(`${what.padEnd(34)}${cells.map((cell) => cell.padStart(12)).join('')}\n`);
  };
  process.stdout.write(`\n${''.padEnd(34)}        LICS    Node-RED       ratio\n`);
  line(`load a drawing of ${nodes} nodes`, (figures) => figures.loadMs);
  line('frame while panning, p95', (figures) => figures.panP95Ms);
  line('frame while dragging a node, p95', (figures) => figures.dragP95Ms);
  line('undo', (figures) => figures.undoMs);
}
