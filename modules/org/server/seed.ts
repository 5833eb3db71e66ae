export { addPerson, ensureFirstAdministrator, type NewPerson } from './first-people.ts';
export { seedPeople } from './seed-people.ts';
export { seedOrg } from './seed-structure.ts';
