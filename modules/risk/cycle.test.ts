import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cycle, rounds } from './cycle.ts';

const at = (text: string) => new Date(`${text}+08:00`);
const opened = (cycle: Cycle, since: string, until: string) =>
  rounds(cycle, at(since), at(until)).map((one) => new Date(one.opens.getTime() + 8 * 3_600_000).toISOString().slice(5, 16));

describe('rounds of checking', () => {
  it('in hours, within the working time, the last one shorter', () => {
    const cycle: Cycle = { every: 2, unit: 'hour', days: 'every', from: '2026-11-01', workFrom: '08:00', workTo: '17:00' };
    expect(opened(cycle, '2026-11-23T00:00:00', '2026-11-24T00:00:00')).toEqual([
      '11-23T08:00',
      '11-23T10:00',
      '11-23T12:00',
      '11-23T14:00',
      '11-23T16:00',
    ]);
    expect(rounds(cycle, at('2026-11-23T16:00:00'), at('2026-11-23T23:00:00'))).toEqual([
      { opens: at('2026-11-23T16:00:00'), closes: at('2026-11-23T17:00:00') },
    ]);
  });

  it('on working days only: the National Day week is left out, the exchanged Saturday counts', () => {
    const cycle: Cycle = { every: 1, unit: 'day', days: 'work', from: '2026-09-28' };
    // 2026: off 10-01 to 10-07, working Saturday 10-10.
    expect(opened(cycle, '2026-09-29T00:00:00', '2026-10-13T00:00:00')).toEqual([
      '09-29T00:00',
      '09-30T00:00',
      '10-08T00:00',
      '10-09T00:00',
      '10-10T00:00',
      '10-12T00:00',
    ]);
  });

  it('on days off only', () => {
    const cycle: Cycle = { every: 1, unit: 'day', days: 'rest', from: '2026-11-01' };
    expect(opened(cycle, '2026-11-23T00:00:00', '2026-11-30T00:00:00')).toEqual(['11-28T00:00', '11-29T00:00']);
  });

  it('every second working day', () => {
    const cycle: Cycle = { every: 2, unit: 'day', days: 'work', from: '2026-11-16' };
    expect(opened(cycle, '2026-11-16T00:00:00', '2026-11-28T00:00:00')).toEqual([
      '11-16T00:00',
      '11-18T00:00',
      '11-20T00:00',
      '11-24T00:00',
      '11-26T00:00',
    ]);
  });

  it('in months: the 31st becomes the last of a short month and comes back', () => {
    const cycle: Cycle = { every: 1, unit: 'month', days: 'every', from: '2026-08-31' };
    expect(opened(cycle, '2026-08-01T00:00:00', '2026-12-31T00:00:00')).toEqual([
      '08-31T00:00',
      '09-30T00:00',
      '10-31T00:00',
      '11-30T00:00',
    ]);
  });

  it('in years, from a leap day', () => {
    const cycle: Cycle = { every: 1, unit: 'year', days: 'every', from: '2024-02-29' };
    expect(opened(cycle, '2024-01-01T00:00:00', '2029-01-01T00:00:00')).toEqual([
      '02-29T00:00',
      '02-28T00:00',
      '02-28T00:00',
      '02-28T00:00',
      '02-29T00:00',
    ]);
  });
});

describe('whatever the cycle', () => {
  const cycles = fc.record({
    every: fc.integer({ min: 1, max: 40 }),
    unit: fc.constantFrom('hour', 'day', 'month', 'year'),
    days: fc.constantFrom('every', 'work', 'rest'),
    from: fc.integer({ min: 0, max: 700 }).map((n) => new Date(Date.UTC(2025, 0, 1 + n)).toISOString().slice(0, 10)),
    workFrom: fc.constant('07:30'),
    workTo: fc.constant('19:00'),
  }) satisfies fc.Arbitrary<Cycle>;
  const instants = fc.integer({ min: 0, max: 800 * 24 }).map((n) => new Date(Date.UTC(2025, 0, 1, n)));

  it('rounds follow one another without overlap, and asking in pieces gives the same as asking at once', () => {
    fc.assert(
      fc.property(cycles, instants, fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 100 }), (cycle, since, a, b) => {
        const middle = new Date(since.getTime() + a * 3_600_000 * 12);
        const until = new Date(middle.getTime() + b * 3_600_000 * 12);
        const whole = rounds(cycle, since, until);
        expect([...rounds(cycle, since, middle), ...rounds(cycle, middle, until)]).toEqual(whole);
        for (const [i, one] of whole.entries()) {
          expect(one.closes.getTime()).toBeGreaterThan(one.opens.getTime());
          const next = whole[i + 1];
          if (next) expect(next.opens.getTime()).toBeGreaterThanOrEqual(one.closes.getTime());
        }
      }),
      { numRuns: 200 },
    );
  });
});
