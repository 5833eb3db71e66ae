import { defineConfig } from 'vitest/config';

// Two kinds of tests: pure ones share their workers; those that start processes or a browser run one file at a time.
export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['node_modules/**', 'dist/**', 'var/**'],
    globalSetup: ['test/cluster.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    reporters: ['default', './test/last-line.ts'],
  },
});
