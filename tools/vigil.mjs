#!/usr/bin/env node
// `npx vigil <command>`: the same start as `npm start`, with the command line given.
import { boot } from './boot.mjs';

await boot(['main.ts', ...process.argv.slice(2)]);
