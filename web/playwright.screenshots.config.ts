import { defineConfig } from '@playwright/test';
import tests from './playwright.config.ts';

// The simulated animals live faster, so that there is something to see.
process.env.LICS_E2E_SPEED ??= '10';

/** Takes pictures instead of testing. */
export default defineConfig({
  ...tests,
  testMatch: 'screenshots.ts',
  use: { ...tests.use, trace: 'off' },
});
