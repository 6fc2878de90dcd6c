import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from './database.ts';
import type { Venue } from './generated/client.ts';

const SEED_FILE = join(import.meta.dirname, '../deploy/seed/venues.json');

/** The venues of the district as they are delivered. */
export function seededVenues(file = SEED_FILE): Venue[] {
  return JSON.parse(readFileSync(file, 'utf8')) as Venue[];
}

/** Puts the delivered venues into the database; those that stand there already stay as the district has made them. */
export async function seedVenues(db: Database, venues = seededVenues()): Promise<void> {
  await db.venue.createMany({ data: venues, skipDuplicates: true });
}

export async function listVenues(db: Database): Promise<Venue[]> {
  return db.venue.findMany({ orderBy: [{ street: 'asc' }, { id: 'asc' }] });
}

export async function findVenue(db: Database, id: string): Promise<Venue | undefined> {
  return (await db.venue.findUnique({ where: { id } })) ?? undefined;
}
