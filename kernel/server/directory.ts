import type { Owner, Principal } from '../permission.ts';
import type { Tx } from './db/pool.ts';
import { defineProvider } from './providers.ts';

export type Named = { id: string; name: string; title: string };

/** What the kernel must know of people and units. The module `org` provides it. */
export type Directory = {
  /** The person with every post (own and delegated) that is in force at `now`; undefined when unknown or left. */
  findPrincipal(tx: Tx, person: string, now: Date): Promise<Principal | undefined>;
  /** Ids of every area (city, districts, zones, towns): what the server itself may see. */
  areas(tx: Tx): Promise<number[]>;
  /** Every area with the one it lies in directly. */
  parents(tx: Tx): Promise<ReadonlyMap<number, number | null>>;
  /** The area and everything below it. */
  subtree(tx: Tx, org: number): Promise<number[]>;
  /** Where each person belongs and reaches: the home area and the areas of all posts held at `now` or later. Unknown ids are left out. */
  placesOf(tx: Tx, people: readonly string[], now: Date): Promise<ReadonlyMap<string, readonly number[]>>;
  /** Those among these people who hold, held or will hold an administrator's post. */
  administrators(tx: Tx, people: readonly string[]): Promise<string[]>;
  /** Names of persons, units and areas by id; unknown ids are left out. Reads no personal data. */
  personNames(tx: Tx, ids: readonly string[]): Promise<Named[]>;
  unitNames(tx: Tx, ids: readonly number[]): Promise<{ id: number; name: string; short: string }[]>;
  /** Who may act for this owner now: the person, or the holders of the role; stand-ins while they are away included. */
  holders(tx: Tx, owner: Owner, party: string | null, now: Date): Promise<Named[]>;
  /**
   * Who answers for the owner. rung 1: the leaders of the owner's own unit (above the owner, if the owner leads it);
   * rung 2: the leaders one level up. Empty when there is nobody above.
   */
  superiors(tx: Tx, owner: Owner | null, org: number | null, rung: 1 | 2, now: Date): Promise<Named[]>;
};

export const directory = defineProvider<Directory>('directory');
