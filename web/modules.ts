import { setKindParts } from '#kernel/web/kind-parts.ts';
import { setLines } from '#kernel/web/lines.ts';
import { setMenu } from '#kernel/web/menu.ts';
import { setRecordPages } from '#kernel/web/record-pages.ts';
import { dutyMenu } from '#modules/duty/web/menu.ts';
import { inspectionMenu, inspectionParts } from '#modules/inspection/web/menu.ts';
import { lineNames } from '#modules/org/web/lines.ts';
import { orgMenu, orgPages } from '#modules/org/web/menu.ts';
import { riskMenu, riskPages, riskParts } from '#modules/risk/web/menu.ts';
import { siteMenu, sitePages } from '#modules/site/web/menu.ts';

/** What each module's web folder declares: places to go, names of lines, pages of things that are no matters. */
export function declareModules(): void {
  setMenu([...inspectionMenu, ...riskMenu, ...siteMenu, ...dutyMenu, ...orgMenu]);
  setLines(lineNames);
  setRecordPages({ ...sitePages, ...orgPages, ...riskPages });
  setKindParts({ ...riskParts, ...inspectionParts });
}
