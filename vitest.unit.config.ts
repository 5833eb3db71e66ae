import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

// For tests that ask for no database: the same as all, without starting one.
export default defineConfig({ ...base, test: { ...base.test, globalSetup: [] } });
