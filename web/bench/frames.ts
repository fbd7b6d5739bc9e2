import type { CDPSession, Page } from '@playwright/test';

/** How smooth something was. */
export interface Smoothness {
  /** Between two frames, the 95th percentile in milliseconds. 16.7 is the best there is. */
  p95Ms: number;
  /** What the page's thread did for one movement of the mouse, in milliseconds. */
  workMs: number;
}

export interface Move {
  type: 'mouseMoved' | 'mousePressed' | 'mouseReleased' | 'mouseWheel';
  x: number;
  y: number;
  deltaX?: number;
  deltaY?: number;
  button?: 'left';
  buttons?: number;
  clickCount?: number;
}

const everyMs = 16;

/** Times between frames while something is done, in milliseconds. */
export async function framesDuring(page: Page, act: () => Promise<void>): Promise<number[]> {
  await page.evaluate(() => {
    const seen: { times: number[]; on: boolean } = { times: [], on: true };
    Object.assign(window, { benchFrames: seen });
    const tick = (now: number) => {
      seen.times.push(now);
      if (seen.on) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  await act();
  const times = await page.evaluate(() => {
    const { benchFrames } = window as unknown as { benchFrames: { times: number[]; on: boolean } };
    benchFrames.on = false;
    return benchFrames.times;
  });
  return times.slice(1).map((time, index) => time - (times[index] ?? time));
}

/**
 * Moves the mouse as a hand does, and watches the frames from inside the page.
 * Nothing waits for an answer between the moves: a slow page gets as many.
 */
export async function smoothness(
  page: Page,
  client: CDPSession,
  moves: readonly Move[],
): Promise<Smoothness> {
  const before = await busyMs(client);
  const frames = await framesDuring(page, async () => {
    const answers: Promise<unknown>[] = [];
    for (const move of moves) {
      answers.push(client.send('Input.dispatchMouseEvent', move));
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
    await Promise.all(answers);
  });
  const workMs = ((await busyMs(client)) - before) / moves.length;
  return { p95Ms: quantile(frames, 0.95), workMs };
}

/** What the page's thread has done so far, in milliseconds. */
async function busyMs(client: CDPSession): Promise<number> {
  const { metrics } = await client.send('Performance.getMetrics');
  return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}
