/** Where things that are no matters have their page, by kind: `site` → `/sites?id=…`. Declared by the modules that own them. */
export type RecordPages = Readonly<Record<string, (id: string) => string>>;

let pages: RecordPages = {};

export function setRecordPages(known: RecordPages): void {
  pages = known;
}

export const findPage = (kind: string): ((id: string) => string) | undefined => pages[kind];
