import { defineConfig } from '@playwright/test';
import tests from './playwright.config.ts';

/** Takes pictures instead of testing. */
export default defineConfig({ ...tests, testMatch: 'screenshots.ts' });
