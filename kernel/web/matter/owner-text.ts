import type { MatterLine } from '../../matter-contract.ts';
import { type Role, roles } from '../../permission.ts';
import { getLang } from '../words/words.ts';

/** The owner's name. Where a role holds the matter, the server names the role in Chinese: said in the reader's language here. */
export function ownerText(owner: MatterLine['owner']): string {
  if (owner === null) return '';
  const role = owner.role !== null && Object.hasOwn(roles, owner.role) ? roles[owner.role as Role] : undefined;
  return role && getLang() === 'en' ? owner.name.replace(role.zh, role.en) : owner.name;
}
