import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { fault } from '../fault.ts';
import type { Config } from './config.ts';

/** Counters are forgotten beyond this many keys, the least used first: nobody fills the memory with invented addresses. */
const mostKeys = 20_000;
const minuteMs = 60_000;

type Check = (request: FastifyRequest) => Promise<void>;

export type RateLimits = {
  /** Before anything is looked up: an address, whoever is behind it (an office has one for all). */
  atTheDoor: Check;
  /** Once it is known who asks: a session of its own count, strangers by their address and less. */
  inside: Check;
};

const isLoopback = (ip: string) => ip === '127.0.0.1' || ip === '::1' || ip === '::ffff:127.0.0.1';

/**
 * Counts requests before their bodies are read, let alone parsed. Limits are the configuration's, a minute each; routes may say
 * less in `config.rateLimit`. IPv6 is counted by the /64 a subscriber has. @throws fault rate.limited
 */
export async function addRateLimits(http: FastifyInstance, config: Config): Promise<RateLimits> {
  // The demonstration's own machine runs tests, pictures and measurements.
  const allowList = (request: FastifyRequest) => config.demo && isLoopback(request.ip);
  await http.register(rateLimit, {
    global: false,
    hook: 'onRequest',
    cache: mostKeys,
    enableDraftSpec: true,
    allowList,
    errorResponseBuilder: (_request: FastifyRequest, { ttl }: { ttl: number }) => limited(ttl),
  });
  const make = (max: number, more: Parameters<FastifyInstance['createRateLimit']>[0] = {}): Check => {
    // `cache` is read by the store of each limit; the published type of this call leaves it out.
    const settings = { max, timeWindow: minuteMs, cache: mostKeys, ...more };
    const count = http.createRateLimit(settings);
    return async (request) => {
      const counted = await count(request);
      if (!counted.isAllowed && counted.isExceeded) throw limited(counted.ttl);
    };
  };
  const address = make(config.ratePerAddress);
  const stranger = make(config.ratePerStranger);
  const session = make(config.ratePerSession, { allowList: [], keyGenerator: (request) => request.caller?.session ?? '' });
  return {
    atTheDoor: async (request) => {
      if (request.routeOptions.config?.rateLimit !== false) await address(request);
    },
    inside: (request) => (request.caller ? session(request) : stranger(request)),
  };
}

const limited = (ttl: number) => fault('rate.limited', { seconds: Math.max(1, Math.ceil(ttl / 1000)) });

/** For tests and measurements that ask for it. */
export const noRateLimits: RateLimits = { atTheDoor: async () => undefined, inside: async () => undefined };
