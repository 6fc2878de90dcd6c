import type pg from 'pg';

/** Databases of one installation: Heli's own and the engine's two. */
export const DATABASES = { heli: 'heli', engine: 'temporal', visibility: 'temporal_visibility' } as const;
export type DatabaseName = keyof typeof DATABASES;

/** What PostgreSQL was asked to do, by database. */
export interface Statements {
  readonly calls: number;
  readonly ms: number;
}

/** Server settings under which PostgreSQL counts statements. */
export const COUNTING_SETTINGS = {
  shared_preload_libraries: 'pg_stat_statements',
  'pg_stat_statements.max': '10000',
} as const;

export async function startCounting(db: pg.Client): Promise<void> {
  await db.query('create extension if not exists pg_stat_statements');
}

/** Statements done since counting began, BEGIN and COMMIT included. */
export async function countStatements(db: pg.Client): Promise<Record<DatabaseName, Statements>> {
  const { rows } = await db.query<{ datname: string; calls: string; ms: number }>(
    `select d.datname, sum(s.calls) as calls, sum(s.total_exec_time) as ms
     from pg_stat_statements s join pg_database d on d.oid = s.dbid group by d.datname`,
  );
  const of = (datname: string): Statements => {
    const row = rows.find((each) => each.datname === datname);
    return { calls: Number(row?.calls ?? 0), ms: row?.ms ?? 0 };
  };
  return {
    heli: of(DATABASES.heli),
    engine: of(DATABASES.engine),
    visibility: of(DATABASES.visibility),
  };
}
