import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** `node tools/build.ts` builds with it; `npx vite --config web/vite.config.ts` serves the sources beside a running server. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL('../dist/web', import.meta.url)),
    emptyOutDir: true,
    manifest: true,
    // Nothing is written into CSS as a data: address: the content security policy lets fonts come from here alone.
    assetsInlineLimit: 0,
    target: 'es2023',
    // The map is one library of that size, in a chunk of its own.
    chunkSizeWarningLimit: 1500,
  },
  worker: { format: 'es' },
  server: { proxy: { '/api': 'http://127.0.0.1:8080', '/healthz': 'http://127.0.0.1:8080' } },
});
