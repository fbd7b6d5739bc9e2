import { loadavg } from 'node:os';
import { type Browser, type Page, test } from '@playwright/test';
import { nodeRedFlowOf, protocolOf } from './flows';
import { type Move, quantile, type Smoothness, smoothness } from './frames';
import { startNodeRed } from './node-red';
import { lics, nodeRed, type Subject } from './subjects';

const nodes = 1_000;
const repeats = 3;
const moves = 90;

interface Figures {
  loadMs: number;
  pan: Smoothness;
  drag: Smoothness;
  undoMs: number;
  panFromAfar: Smoothness;
}

test('the editor with a thousand nodes, beside Node-RED', async ({ browser }) => {
  test.setTimeout(300_000);
  const peer = await startNodeRed(nodeRedFlowOf(nodes));
  try {
    const url = process.env.LICS_E2E_URL ?? '';
    const id = await saveProtocol(url);
    const ours: Figures[] = [];
    const theirs: Figures[] = [];
    for (let n = 0; n < repeats; n++) {
      ours.push(await measure(browser, lics(`${url}/editor/${id}`), logIn));
      theirs.push(await measure(browser, nodeRed(peer.url), welcome(peer.url)));
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

async function logIn(page: Page): Promise<void> {
  const answer = await page.context().request.post(`${process.env.LICS_E2E_URL ?? ''}/login`, {
    form: { token: process.env.LICS_E2E_TOKEN ?? '' },
    maxRedirects: 0,
  });
  if (answer.status() !== 303) throw new Error(`no login: ${answer.status()}`);
}

/** The first visit of Node-RED asks things that later ones do not. */
const welcome = (url: string) => async (page: Page) => {
  await nodeRed(url).open(page);
};

async function measure(
  browser: Browser,
  subject: Subject,
  prepare: (page: Page) => Promise<void>,
): Promise<Figures> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  try {
    const page = await context.newPage();
    const client = await context.newCDPSession(page);
    await client.send('Performance.enable');
    await prepare(page);
    const began = performance.now();
    await subject.open(page);
    await idle(page);
    const loadMs = performance.now() - began;

    const middle = await middleOf(page, subject.canvas);
    const panning = Array.from({ length: moves }, (_, n): Move => {
      const way = n < moves / 2 ? 1 : -1;
      return { type: 'mouseWheel', ...middle, deltaX: 16 * way, deltaY: 10 * way };
    });
    const pan = await smoothness(page, client, panning);

    const from = await middleOf(page, subject.node);
    const before = await placeOf(page, subject);
    const drag = await smoothness(page, client, [
      { type: 'mouseMoved', ...from },
      { type: 'mousePressed', ...from, button: 'left', buttons: 1, clickCount: 1 },
      ...Array.from({ length: moves }, (_, n): Move => {
        const at = { x: from.x + n / 2, y: from.y + n };
        return { type: 'mouseMoved', ...at, button: 'left', buttons: 1 };
      }),
      {
        ...{ type: 'mouseReleased', x: from.x + moves / 2, y: from.y + moves },
        ...{ button: 'left', buttons: 1, clickCount: 1 },
      } as Move,
    ]);
    if ((await placeOf(page, subject)) === before) throw new Error('the node did not move');
    const undoMs = await undo(page, subject, before);

    await subject.zoomOut(page);
    await idle(page);
    const panFromAfar = await smoothness(page, client, panning);
    return { loadMs, pan, drag, undoMs, panFromAfar };
  } finally {
    await context.close();
  }
}

/** Until the page has nothing urgent to do. */
async function idle(page: Page): Promise<void> {
  await page.evaluate(
    (atMostMs) => new Promise((resolve) => requestIdleCallback(resolve, { timeout: atMostMs })),
    5_000,
  );
}

async function middleOf(page: Page, selector: string): Promise<{ x: number; y: number }> {
  const box = await page.locator(selector).first().boundingBox();
  if (!box) throw new Error(`there is no ${selector}`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function placeOf(page: Page, { node, place }: Subject): Promise<string> {
  return (await page.locator(node).getAttribute(place)) ?? '';
}

/** From the key to the frame in which the node is back, seen from inside the page. */
async function undo(page: Page, { node, place }: Subject, before: string): Promise<number> {
  await page.evaluate(
    ([selector, attribute, want]) => {
      // Of a style only the place counts, not whether the node is in front.
      const placed = (text: string) => /translate\([^)]*\)/.exec(text)?.[0];
      const took = new Promise((resolve) => {
        const pressed = ({ key }: KeyboardEvent) => {
          if (key !== 'z') return;
          const began = performance.now();
          const look = () => {
            const now = document.querySelector(selector)?.getAttribute(attribute) ?? '';
            if (placed(now) === placed(want)) resolve(performance.now() - began);
            else requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
        };
        window.addEventListener('keydown', pressed, true);
      });
      Object.assign(window, { benchUndo: took });
    },
    [node, place, before] as const,
  );
  await page.keyboard.press('Control+z');
  return page.evaluate(() => {
    const { benchUndo } = window as unknown as { benchUndo: Promise<number> };
    const never = new Promise<number>((_, reject) =>
      setTimeout(() => reject(new Error('undo did not take it back')), 10_000),
    );
    return Promise.race([benchUndo, never]);
  });
}

function print(ours: Figures[], theirs: Figures[]): void {
  const middle = (all: Figures[], pick: (figures: Figures) => number) =>
    quantile(all.map(pick), 0.5);
  const line = (what: string, pick: (figures: Figures) => number) => {
    const a = middle(ours, pick);
    const b = middle(theirs, pick);
    const cells = [`${a.toFixed(1)} ms`, `${b.toFixed(1)} ms`, `${(b / a).toFixed(2)}×`];
    process.stdout.write(`${what.padEnd(40)}${cells.map((cell) => cell.padStart(12)).join('')}\n`);
  };
  const load = loadavg()[0]?.toFixed(1);
  process.stdout.write(`\nmedians of ${repeats}, load average ${load}`.padEnd(41));
  process.stdout.write('        LICS    Node-RED       ratio\n');
  line(`load a drawing of ${nodes} nodes`, (figures) => figures.loadMs);
  line('frame while panning, p95', (figures) => figures.pan.p95Ms);
  line('work for one step of it', (figures) => figures.pan.workMs);
  line('frame while dragging a node, p95', (figures) => figures.drag.p95Ms);
  line('work for one step of it', (figures) => figures.drag.workMs);
  line('undo of the drag', (figures) => figures.undoMs);
  line('frame while panning from afar, p95', (figures) => figures.panFromAfar.p95Ms);
  line('work for one step of it', (figures) => figures.panFromAfar.workMs);
}
