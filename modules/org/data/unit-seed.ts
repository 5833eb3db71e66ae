export type UnitKind = 'government' | 'department' | 'committee' | 'committee_office' | 'zone' | 'town';

/**
 * One unit of the city's structure. `code` is stable: `jn` the city, `370102` a district, `370102001` a town or street, each followed
 * by `.key` for its departments and committees. `area` is the code of the unit (city, district or county, zone, town) whose
 * territory it acts for; such a unit's area is itself. `lines` are the industry lines it supervises, empty for none.
 */
export type UnitSeed = {
  code: string;
  name: string;
  short: string;
  kind: UnitKind;
  parent: string | null;
  area: string;
  /** Code of the administrative division or zone it governs; null for departments and committees. */
  division: string | null;
  lines: readonly string[];
  /** V: read in a published source; K: well known; ?: plausible, to be corrected by the installation. */
  confidence: 'V' | 'K' | '?';
};

/**
 * Who sits in a committee, by unit codes. `office` is the unit that does its daily work, `lead` the department where that office is.
 * `line` is set for the nineteen industry committees.
 */
export type CommitteeSeed = {
  unit: string;
  office: string | null;
  lead: string;
  members: readonly string[];
  line: string | null;
  confidence: 'V' | 'K' | '?';
};
