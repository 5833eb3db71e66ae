import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

// Browser journeys: a real browser on the built application, two files at a time, each step with the patience of a person.
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: ['e2e/**/*.e2e.ts'],
    globalSetup: ['test/cluster.ts', 'e2e/ready.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
