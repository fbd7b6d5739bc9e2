import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react()],
  test: {
    include: ['src/**/*.test.{ts,tsx}'],
    environment: 'jsdom',
    setupFiles: ['src/app/vitest-setup.ts'],
    env: { TZ: 'Europe/Zurich' },
    restoreMocks: true,
    // Otherwise it has a graphql of its own, which refuses a schema of ours.
    server: { deps: { inline: ['graphql-ws'] } },
  },
});
