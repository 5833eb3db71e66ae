import { Secret, TOTP } from 'otpauth';

const period = 30;
/** One step of tolerance to each side for clocks that are off (RFC 6238 §5.2). */
const window = 1;
const base = { algorithm: 'SHA1', digits: 6, period };

/** A new shared secret: 160 random bits (RFC 4226 §4 R6) in base32. */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** What the authenticator app scans. The label is not translated: it must stay the same account for the app. */
export function totpUrl(secret: string, login: string): string {
  return new TOTP({ ...base, issuer: 'Vigil 守夜人', label: login, secret: Secret.fromBase32(secret) }).toString();
}

/**
 * The time step a code belongs to, or undefined when it is wrong or its step (or a later one) was used already: each code
 * opens the door once (RFC 6238 §5.2).
 */
export function findTotpStep(secret: string, code: string, now: Date, lastUsed: number): number | undefined {
  const timestamp = now.getTime();
  const delta = TOTP.validate({ ...base, token: code, secret: Secret.fromBase32(secret), timestamp, window });
  if (delta === null) return undefined;
  const step = TOTP.counter({ period, timestamp }) + delta;
  return step > lastUsed ? step : undefined;
}

/** The code of a moment, as the authenticator shows it. */
export function totpCode(secret: string, at: Date): string {
  return TOTP.generate({ ...base, secret: Secret.fromBase32(secret), timestamp: at.getTime() });
}
