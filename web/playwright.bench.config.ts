import { defineConfig } from '@playwright/test';
import base from './playwright.config';

/** The editor beside its peer; figures, not tests. */
export default defineConfig(base, {
  testDir: 'bench',
  testMatch: '*.bench.ts',
  // A trace copies the whole page at every action, which costs more than what is measured.
  use: { ...base.use, trace: 'off' },
});
