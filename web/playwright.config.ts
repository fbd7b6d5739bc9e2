import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  globalSetup: './e2e/setup.ts',
  outputDir: 'test-results',
  // One LICS and few processors: tests that wait for each other measure nothing.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  // A second try tells a machine that was slow from a page that is wrong; what needed one is listed as flaky.
  retries: 1,
  reporter: 'list',
  use: {
    viewport: { width: 1366, height: 768 },
    locale: 'en-GB',
    timezoneId: 'Europe/Zurich',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.LICS_CHROMIUM ?? '/usr/bin/chromium',
      // Chromium's sandbox does not run as root, which a container is.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
});
