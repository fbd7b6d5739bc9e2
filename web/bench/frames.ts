import type { Page } from '@playwright/test';

/** Times between frames while something is done, in milliseconds. */
export async function framesDuring(page: Page, act: () => Promise<void>): Promise<number[]> {
  await page.evaluate(() => {
    const times: number[] = [];
    const state: { times: number[]; on: boolean } = { times, on: true };
    Object.assign(window, { benchFrames: state });
    const tick = (now: number) => {
      times.push(now);
      if (state.on) requestAnimationFrame(tick);
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

export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}
