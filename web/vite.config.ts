import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { pack } from './scripts/pack.ts';

// A running `lics up` that the development server stands in front of.
const lics = process.env.LICS_URL ?? 'http://127.0.0.1:8400';

export default defineConfig({
  plugins: [react(), pack()],
  build: {
    target: 'es2023',
    // These know light-dark(); its replacement for older ones does not know our switch.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    manifest: true,
    modulePreload: { polyfill: false },
    // A data: address would need a hole in the content policy.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
  },
  css: { modules: { localsConvention: 'camelCaseOnly' } },
  server: {
    proxy: {
      '/graphql': { target: lics, ws: true },
      '/api': lics,
      '/login': lics,
      '/logout': lics,
      '/schema.graphql': lics,
    },
  },
});
