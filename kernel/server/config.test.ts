import { isAbsolute, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { printConfig, projectRoot, readConfig } from './config.ts';
import { StartupFault } from './pg/startup-fault.ts';

function faultOf(env: Record<string, string>, flags: Record<string, unknown> = {}): StartupFault {
  try {
    readConfig(env, flags);
  } catch (error) {
    if (error instanceof StartupFault) return error;
    throw error;
  }
  throw new Error('was accepted');
}

describe('the configuration', () => {
  it('has defaults for everything', () => {
    expect(readConfig({})).toEqual({
      port: 8080,
      host: '0.0.0.0',
      dataDir: join(projectRoot, 'var'),
      databaseUrl: null,
      appDatabaseUrl: null,
      demo: false,
      role: 'all',
      mqttPort: 1883,
      logLevel: 'info',
      sessionIdleMinutes: 15,
      sessionHours: 12,
      poolSize: 8,
      pgBin: null,
      sealKey: null,
      backupPassphrase: null,
      oidc: null,
      publicUrl: null,
      mapKey: null,
      metricsToken: null,
      ratePerSession: 1200,
      ratePerStranger: 600,
      ratePerAddress: 12_000,
      uploadDayMb: 2048,
      uploadDayFiles: 2000,
      trustProxy: false,
    });
    expect(readConfig({ VIGIL_PORT: '', DATABASE_URL: '' })).toEqual(readConfig({}));
  });

  it('listens on loopback in demo mode unless told otherwise, and VIGIL_DEMO=0 wins over the flag', () => {
    expect(readConfig({}, { demo: true })).toMatchObject({ demo: true, host: '127.0.0.1' });
    expect(readConfig({ VIGIL_DEMO: '1', VIGIL_HOST: '::' })).toMatchObject({ demo: true, host: '::' });
    expect(readConfig({ VIGIL_DEMO: '0' }, { demo: true })).toMatchObject({ demo: false, host: '0.0.0.0' });
  });

  it('takes flags before the environment and makes paths absolute', () => {
    const config = readConfig(
      { VIGIL_PORT: '1', VIGIL_ROLE: 'web', VIGIL_DATA: 'elsewhere' },
      { port: '9000', role: 'worker', unknown: 'left to the command' },
    );
    expect(config).toMatchObject({ port: 9000, role: 'worker' });
    expect(isAbsolute(config.dataDir) && config.dataDir.endsWith('elsewhere')).toBe(true);
  });

  it('reads proxies as true, a number of hops or addresses', () => {
    const read = (text: string) => readConfig({ VIGIL_TRUST_PROXY: text }).trustProxy;
    expect([read('true'), read('2'), read('10.0.0.0/8, 127.0.0.1')]).toEqual([true, 2, ['10.0.0.0/8', '127.0.0.1']]);
  });

  it('accepts socket and ordinary database URLs', () => {
    for (const url of ['postgres://u:p@h:5432/d', 'postgresql://u:p@/d?host=%2Frun%2Fpostgresql', 'postgresql:///d?host=/run/postgresql']) {
      expect(readConfig({ DATABASE_URL: url }).databaseUrl).toBe(url);
    }
  });

  it('names every bad value and what is accepted, in both languages, without secrets', () => {
    const fault = faultOf(
      { VIGIL_PORT: '80a', DATABASE_URL: 'mysql://root:hunter2@h/d', VIGIL_SEAL_KEY: 'short', VIGIL_TRUST_PROXY: 'maybe' },
      { role: 'boss', demo: 'perhaps' },
    );
    expect(fault).toMatchObject({ code: 'config.invalid', exitCode: 78 });
    for (const part of [
      'VIGIL_PORT=80a',
      'DATABASE_URL=mysql://root:***@h/d',
      'VIGIL_SEAL_KEY=***',
      '--role=boss',
      '--demo=perhaps',
      'VIGIL_TRUST_PROXY=maybe',
    ]) {
      expect(fault.zh).toContain(part);
      expect(fault.en).toContain(part);
    }
    expect(fault.message).not.toMatch(/hunter2|short/);
    expect(fault.en).toContain('all, web, worker, ingest');
  });

  it('wants OIDC whole or not at all', () => {
    const whole = { VIGIL_OIDC_ISSUER: 'https://id.example/', VIGIL_OIDC_CLIENT_ID: 'vigil', VIGIL_OIDC_CLIENT_SECRET: 's' };
    expect(readConfig(whole).oidc).toEqual({ issuer: 'https://id.example', clientId: 'vigil', clientSecret: 's', label: '统一身份认证' });
    expect(faultOf({ VIGIL_OIDC_ISSUER: 'https://id.example/' }).en).toContain('VIGIL_OIDC_CLIENT_SECRET');
    expect(faultOf({ VIGIL_OIDC_LABEL: '登录' }).en).toContain('VIGIL_OIDC_ISSUER');
  });

  it('shows itself with every secret masked', () => {
    const shown = printConfig(
      readConfig({
        DATABASE_URL: 'postgres://u:secret-1@h/d',
        VIGIL_APP_DATABASE_URL: 'postgres://a:sec%40ret-2@h/d',
        VIGIL_SEAL_KEY: 'secret-3-secret-3',
        VIGIL_BACKUP_PASSPHRASE: 'secret-6-secret-6',
        VIGIL_OIDC_ISSUER: 'https://i',
        VIGIL_OIDC_CLIENT_ID: 'c',
        VIGIL_OIDC_CLIENT_SECRET: 'secret-4',
        VIGIL_TIANDITU_KEY: 'secret5secret5secret5',
      }),
    );
    expect(shown).not.toMatch(/sec(ret|%40)/);
    expect(JSON.parse(shown)).toMatchObject({
      databaseUrl: 'postgres://u:***@h/d',
      port: 8080,
      oidc: { clientId: 'c', clientSecret: '***' },
    });
  });
});
