import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safePath } from './oidc.ts';

describe('where to go after signing in elsewhere', () => {
  it.each(['/inbox', '/inspection.hazard/1?tab=files#top', '/'])('%s is a path of this site', (to) => {
    expect(safePath(to)).toBe(to);
  });

  it.each([undefined, '', 'https://evil.example', '//evil.example', '/\\evil.example', '/\t/evil.example', 'javascript:alert(1)', '/a b'])(
    '%s is not',
    (to) => {
      expect(safePath(to)).toBe('/');
    },
  );

  it('never leaves the site, whatever is asked', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.webUrl(),
          fc.string().map((text) => `/${text}`),
        ),
        (to) => {
          expect(new URL(safePath(to), 'https://vigil.example').origin).toBe('https://vigil.example');
        },
      ),
    );
  });
});
