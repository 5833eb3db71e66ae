import * as oidc from 'openid-client';
import { z } from 'zod';
import { type Fault, fault } from '../../fault.ts';
import type { Runtime } from '../context.ts';
import { vaultOf } from './secret.ts';

type Settings = NonNullable<Runtime['config']['oidc']>;

/** Where the provider sends the browser back to, as it must be registered there. */
export const backPath = '/api/session/oidc/back';

/** What must survive the trip to the provider and back, sealed in a cookie: no state on the server, any process may answer. */
const errand = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), to: z.string(), until: z.number() });
const errandMs = 600_000;
const about = 'oidc-errand';

/** As the provider's client registration says; OIDC Core §9: basic where nothing is said. */
function clientAuth(secret: string): oidc.ClientAuth {
  const post = oidc.ClientSecretPost(secret);
  const basic = oidc.ClientSecretBasic(secret);
  return (server, client, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    return (methods.includes('client_secret_basic') ? basic : post)(server, client, body, headers);
  };
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

async function discover({ issuer, clientId, clientSecret }: Settings): Promise<oidc.Configuration> {
  const server = new URL(issuer);
  // Over plain http anybody on the way could be the provider; on this machine there is no way.
  const execute = server.protocol === 'http:' && loopback.has(server.hostname) ? [oidc.allowInsecureRequests] : [];
  return oidc.discovery(server, clientId, clientSecret, clientAuth(clientSecret), { execute, timeout: 10 });
}

type Kept = { until: number; configuration: Promise<oidc.Configuration> };
const providers = new WeakMap<Runtime, Kept>();

/** The provider's description, read again after an hour and after a failure. @throws fault session.oidc_off, session.oidc_failed */
async function configurationOf(runtime: Runtime): Promise<oidc.Configuration> {
  const settings = runtime.config.oidc;
  if (settings === null) throw fault('session.oidc_off');
  const now = runtime.clock().getTime();
  const kept = providers.get(runtime);
  if (kept && kept.until > now) return kept.configuration;
  const configuration = discover(settings).catch((error: unknown) => {
    providers.delete(runtime);
    throw failed(runtime, error);
  });
  providers.set(runtime, { until: now + 3_600_000, configuration });
  return configuration;
}

/** The reason in one word for the person to quote; the whole story is in the log. */
function failed(runtime: Runtime, error: unknown): Fault {
  runtime.log.warn({ err: error }, 'single sign-on failed');
  const { error: said, code } = error as { error?: unknown; code?: unknown };
  return fault('session.oidc_failed', { reason: typeof said === 'string' ? said : typeof code === 'string' ? code : 'unreachable' });
}

/** A path of this site to return to; anything else would make us a springboard to other sites. */
export function safePath(to: string | undefined): string {
  return to !== undefined && /^\/(?![/\\])[\x21-\x7e]*$/.test(to) ? to : '/';
}

/** Begins a sign-in elsewhere (authorization code with PKCE, state and nonce): where to send the browser, and its sealed errand. */
export async function startOidc(runtime: Runtime, base: string, to: string | undefined): Promise<{ url: string; sealed: string }> {
  const configuration = await configurationOf(runtime);
  const verifier = oidc.randomPKCECodeVerifier();
  const kept = {
    state: oidc.randomState(),
    nonce: oidc.randomNonce(),
    verifier,
    to: safePath(to),
    until: runtime.clock().getTime() + errandMs,
  };
  const url = oidc.buildAuthorizationUrl(configuration, {
    redirect_uri: base + backPath,
    scope: 'openid',
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state: kept.state,
    nonce: kept.nonce,
    // How the person proved it (RFC 8176) is told unasked by some providers, by others on request only.
    ...(configuration.serverMetadata().claims_parameter_supported ? { claims: JSON.stringify({ id_token: { amr: null } }) } : {}),
  });
  return { url: url.href, sealed: vaultOf(runtime.config.dataDir).seal(JSON.stringify(kept), about) };
}

/** Whom the provider vouches for. `methods`: how the person proved it there (RFC 8176 `amr`). */
export type Identity = { subject: string; methods: readonly string[]; to: string };

/** Ends it: takes the code to the provider and checks signature, issuer, audience, state and nonce. @throws fault session.oidc_failed */
export async function finishOidc(runtime: Runtime, url: URL, sealed: string | undefined): Promise<Identity> {
  const configuration = await configurationOf(runtime);
  const kept = sealed === undefined ? undefined : readErrand(runtime, sealed);
  if (!kept) throw fault('session.oidc_failed', { reason: 'expired' });
  try {
    const tokens = await oidc.authorizationCodeGrant(configuration, url, {
      pkceCodeVerifier: kept.verifier,
      expectedState: kept.state,
      expectedNonce: kept.nonce,
      idTokenExpected: true,
    });
    const claims = z.object({ sub: z.string().min(1), amr: z.array(z.string()).optional() }).parse(tokens.claims());
    return { subject: claims.sub, methods: claims.amr ?? [], to: kept.to };
  } catch (error) {
    throw failed(runtime, error);
  }
}

function readErrand(runtime: Runtime, sealed: string): z.output<typeof errand> | undefined {
  const text = vaultOf(runtime.config.dataDir).open(sealed, about);
  const kept = text === undefined ? undefined : errand.parse(JSON.parse(text));
  return kept && kept.until > runtime.clock().getTime() ? kept : undefined;
}
