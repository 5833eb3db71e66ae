import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

/** Who is at the provider's screen, and what that person does there. */
export type AtScreen = { subject: string; methods?: string[] } | { error: string };

export type TestProvider = {
  issuer: string;
  client: { id: string; secret: string };
  /** Registers the application; needs its address, which is known after it has started. */
  register: (redirect: string) => void;
  setPerson: (person: AtScreen) => void;
  stop: () => Promise<void>;
};

/** A real OpenID provider on this machine, whose screens answer by themselves. */
export async function startProvider(): Promise<TestProvider> {
  let person: AtScreen = { error: 'access_denied' };
  let handle: ((request: IncomingMessage, response: ServerResponse) => void) | undefined;
  const server = createServer((request, response) => handle?.(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = { id: 'vigil', secret: 'a-secret-between-the-two-of-us' };
  const register = (redirect: string) => {
    const provider = makeProvider(issuer, client, redirect);
    const serve = provider.callback();
    handle = (request, response) => {
      if (!request.url?.startsWith('/screen/')) return serve(request, response);
      const result =
        'error' in person ? person : { login: { accountId: person.subject, ...(person.methods ? { amr: person.methods } : {}) } };
      provider.interactionFinished(request, response, result).catch((error: unknown) => response.destroy(error as Error));
    };
  };
  return {
    issuer,
    client,
    register,
    setPerson: (next) => {
      person = next;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function makeProvider(issuer: string, client: { id: string; secret: string }, redirect: string): Provider {
  return new Provider(issuer, {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [redirect],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    claims: { openid: ['sub'], amr: null },
    cookies: { keys: ['only for this test'] },
    features: { devInteractions: { enabled: false }, claimsParameter: { enabled: true } },
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    interactions: { url: (_ctx, { uid }) => `/screen/${uid}` },
    findAccount: async (_ctx, id) => ({ accountId: id, claims: async () => ({ sub: id }) }),
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({ accountId: oidc.session.accountId, clientId: oidc.client.clientId });
      grant.addOIDCScope('openid');
      await grant.save();
      return grant;
    },
  });
}
