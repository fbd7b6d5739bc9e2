import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test as base, expect, type Page } from '@playwright/test';

export { expect } from '@playwright/test';

/** What `lics up` has written when it was ready. */
export interface Ready {
  /** Of `lics up` itself. */
  pid: number;
  url: string;
  token: string;
  login: string;
  devices: string[];
}

export function ready(): Ready {
  return JSON.parse(readFileSync(process.env.LICS_E2E_READY ?? '', 'utf8'));
}

interface Fixtures {
  /** Messages of the console that a test expects. Every other warning or error fails it. */
  expectedMessages: RegExp[];
  /** The person has a session already. */
  loggedIn: boolean;
  quiet: undefined;
}

/** A test in a browser before a running LICS. The content policy is broken nowhere, and the console stays quiet. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from it
  baseURL: async ({}, use) => use(process.env.LICS_E2E_URL),
  expectedMessages: [[], { option: true }],
  loggedIn: [true, { option: true }],
  quiet: [
    async ({ page, context, loggedIn, expectedMessages }, use) => {
      const said: string[] = [];
      page.on('pageerror', (error) => said.push(`uncaught: ${error.message}`));
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') said.push(message.text());
      });
      if (loggedIn) {
        const answer = await context.request.post('/login', {
          form: { token: process.env.LICS_E2E_TOKEN ?? '' },
          maxRedirects: 0,
        });
        expect(answer.status()).toBe(303);
      }
      await use(undefined);
      expect(said.filter((text) => !expectedMessages.some((e) => e.test(text)))).toEqual([]);
    },
    { auto: true },
  ],
});

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Finding {
  id: string;
  impact: string | null;
  nodes: { html: string; failureSummary?: string }[];
}

/** What keeps people with a screen reader, a keyboard or weak eyes from using the page, in sentences. */
export async function seriousFindings(page: Page): Promise<string[]> {
  // Colours are as they will be, not on their way there.
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((a) => a.finished.catch(() => undefined))),
  );
  await page.evaluate(axe);
  const findings = await page.evaluate<Finding[]>('axe.run().then((r) => r.violations)');
  return findings
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((n) => `${id}: ${n.html}\n${n.failureSummary ?? ''}`));
}
