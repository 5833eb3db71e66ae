import { z } from 'zod';
import { sealedKeysShape } from './keys.ts';

const named = { schema: z.string(), name: z.string() };

const tableShape = z.object({
  ...named,
  /** The columns in the order of the data; generated ones are left out, the database computes them again. */
  columns: z.array(z.string()),
  partitioned: z.boolean(),
});

const partitionShape = z.object({
  ...named,
  parentSchema: z.string(),
  parentName: z.string(),
  /** As PostgreSQL writes it: `FOR VALUES FROM (…) TO (…)`, `DEFAULT`. */
  bound: z.string(),
  /** `RANGE (at)` when it is itself partitioned. */
  partitionBy: z.string().nullable(),
});

const sequenceShape = z.object({ ...named, lastValue: z.string(), isCalled: z.boolean() });

/** `sha256` proves the archive's bytes, `digest` (see row-digest.ts) the rows in whatever order they lie. */
const proof = { rows: z.number(), bytes: z.number(), sha256: z.string(), digest: z.string() };

/** The last entry of every backup, `manifest.json`: without it the backup is not complete. */
export const manifestShape = z.object({
  format: z.literal('vigil-backup'),
  version: z.literal(1),
  createdAt: z.iso.datetime(),
  serverVersion: z.string(),
  /** Names of the migrations applied: a restore needs exactly the same. */
  migrations: z.array(z.string()),
  tables: z.array(z.object({ ...tableShape.shape, ...proof })),
  partitions: z.array(partitionShape),
  sequences: z.array(sequenceShape),
  files: z.array(z.object({ path: z.string(), bytes: z.number(), sha256: z.string() })),
  /** Key files of the data folder under a passphrase, where the backup was made with them. */
  keys: sealedKeysShape.optional(),
});

export type Manifest = z.infer<typeof manifestShape>;
export type Table = z.infer<typeof tableShape>;
export type Partition = z.infer<typeof partitionShape>;
export type Sequence = z.infer<typeof sequenceShape>;
export type TableProof = Manifest['tables'][number];

/** Told to whoever shows a progress bar. `total` counts the same things as `done`. */
export type Progress = (step: 'tables' | 'files' | 'verify' | 'load' | 'check' | 'transaction ids', done: number, total: number) => void;

export const manifestPath = 'manifest.json';
export const readmePath = 'README.txt';

export const readme = `Vigil backup, format 1 · 守夜人备份文件（格式 1）

tables/<schema>.<table>/NNNNNN.copy   the rows, PostgreSQL COPY text format, UTF-8; join the parts in order
                                      columns and their order: manifest.json
files/<path>                          stored files (photos, documents)
manifest.json                         tables, row counts, SHA-256 of each table's joined parts and of each file, sequences, migrations

Check:   vigil backup verify FILE        校验备份
Restore: vigil restore FILE              恢复数据
By hand: cat tables/<schema>.<table>/*.copy | psql -c "copy <schema>.<table> (<columns>) from stdin"
`;

/** Folder of a table's parts in the archive. */
export function tablePath(table: { schema: string; name: string }): string {
  return `tables/${table.schema}.${table.name}`;
}
