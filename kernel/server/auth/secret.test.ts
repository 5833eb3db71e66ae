import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { makeVault, vaultOf } from './secret.ts';

const vault = makeVault(new Uint8Array(32).fill(7));
const folders: string[] = [];
const folder = () => {
  const made = mkdtempSync(join(tmpdir(), 'vigil-secret-'));
  folders.push(made);
  return made;
};
afterAll(() => {
  for (const one of folders) rmSync(one, { recursive: true, force: true });
});

describe('sealed secrets', () => {
  it('open to what was sealed, for whom it was sealed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), fc.string(), (text, about, other) => {
        const sealed = vault.seal(text, about);
        expect(vault.open(sealed, about)).toBe(text);
        if (other !== about) expect(vault.open(sealed, other)).toBeUndefined();
      }),
    );
  });

  it('differ each time, and show nothing of the text', () => {
    const text = 'GEZDGNBVGY3TQOJQ';
    expect(vault.seal(text, 'a')).not.toBe(vault.seal(text, 'a'));
    expect(Buffer.from(vault.seal(text, 'a').slice(3), 'base64url').toString('latin1')).not.toContain('GEZD');
  });

  it('do not open when a single bit was changed or the end is missing', () => {
    const sealed = vault.seal('GEZDGNBVGY3TQOJQ', 'a');
    const bytes = Buffer.from(sealed.slice(3), 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes);
      const byte = bit >> 3;
      changed[byte] = (changed[byte] ?? 0) ^ (1 << (bit & 7));
      expect(vault.open(`v1.${changed.toString('base64url')}`, 'a')).toBeUndefined();
    }
    for (let length = 0; length < bytes.length; length++) {
      expect(vault.open(`v1.${bytes.subarray(0, length).toString('base64url')}`, 'a')).toBeUndefined();
    }
    expect(vault.open('plain text', 'a')).toBeUndefined();
  });

  it('do not open with another key', () => {
    expect(makeVault(new Uint8Array(32).fill(8)).open(vault.seal('x', 'a'), 'a')).toBeUndefined();
  });
});

describe('the key file', () => {
  it('is made once, for its owner alone', () => {
    const dataDir = folder();
    const sealed = vaultOf(dataDir).seal('x', 'a');
    const file = join(dataDir, 'secrets', 'account.key');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(dataDir, 'secrets')).mode & 0o777).toBe(0o700);
    const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
    expect(makeVault(key).open(sealed, 'a')).toBe('x');
  });

  it('is never replaced when it cannot be read: that would lose every second factor', () => {
    const dataDir = folder();
    mkdirSync(join(dataDir, 'secrets'));
    const file = join(dataDir, 'secrets', 'account.key');
    writeFileSync(file, 'broken\n');
    expect(() => vaultOf(dataDir)).toThrow(/restore it/);
    expect(readFileSync(file, 'utf8')).toBe('broken\n');
  });

  it('is the same for all who start at once', async () => {
    const dataDir = folder();
    const source = `
      const { parentPort, workerData } = require('node:worker_threads');
      import(workerData.module).then(({ vaultOf }) => parentPort.postMessage(vaultOf(workerData.dataDir).seal('x', 'a')));`;
    const workerData = { module: new URL('./secret.ts', import.meta.url).href, dataDir };
    const sealed = await Promise.all(
      [1, 2, 3, 4].map(
        () =>
          new Promise<string>((resolve, reject) => {
            const worker = new Worker(source, { eval: true, workerData });
            worker.once('message', resolve);
            worker.once('error', reject);
          }),
      ),
    );
    for (const one of sealed) expect(vaultOf(dataDir).open(one, 'a')).toBe('x');
  });
});
