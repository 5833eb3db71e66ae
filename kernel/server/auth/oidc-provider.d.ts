/** The few parts of the certified provider that the tests use; the package carries no types. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  type Login = { accountId: string; amr?: string[] };
  export interface Grant {
    addOIDCScope(scope: string): void;
    save(): Promise<string>;
  }
  interface ProviderContext {
    oidc: { client: { clientId: string }; session: { accountId: string }; provider: Provider };
  }
  interface Settings {
    clients: Record<string, unknown>[];
    claims: Record<string, string[] | null>;
    cookies: { keys: string[] };
    ttl: Record<string, number>;
    features: Record<string, { enabled: boolean }>;
    interactions: { url: (ctx: unknown, interaction: { uid: string }) => string };
    findAccount: (ctx: unknown, id: string) => Promise<{ accountId: string; claims: () => Promise<{ sub: string }> }>;
    loadExistingGrant: (ctx: ProviderContext) => Promise<Grant>;
  }
  export default class Provider {
    constructor(issuer: string, settings: Settings);
    Grant: new (about: {
      accountId: string;
      clientId: string;
    }) => Grant;
    callback(): (request: IncomingMessage, response: ServerResponse) => void;
    interactionFinished(request: IncomingMessage, response: ServerResponse, result: { login: Login } | { error: string }): Promise<void>;
  }
}
