import { execFileSync, spawnSync } from 'node:child_process';
import { userInfo } from 'node:os';

/** The account a program is started under; empty for our own. */
export interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

const USER = 'postgres';

/**
 * PostgreSQL refuses to run as root. There the `postgres` account is used, and
 * made where the system has none (containers).
 *
 * @throws when we are root and the account can neither be found nor made.
 */
export function databaseAccount(): Account {
  if (userInfo().uid !== 0) return {};
  const found = lookUp();
  if (found) return found;
  const made =
    spawnSync('useradd', ['--system', '--user-group', '--no-create-home', USER], { stdio: 'ignore' })
      .status === 0 || spawnSync('adduser', ['-S', '-D', '-H', USER], { stdio: 'ignore' }).status === 0;
  const account = made ? lookUp() : undefined;
  if (account) return account;
  throw new Error(
    `PostgreSQL does not run as root, and the account "${USER}" could not be made. ` +
      'Start Heli as an ordinary user, or make the account: useradd --system postgres',
  );
}

function lookUp(): { uid: number; gid: number } | undefined {
  const id = (flag: string): number =>
    Number(execFileSync('id', [flag, USER], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return undefined;
  }
}

/** Whether that account can enter this folder or run this program: a project below `/root` is closed to others. */
export const canReach = (account: Account, path: string): boolean =>
  account.uid === undefined || spawnSync('test', ['-x', path], { ...account, cwd: '/' }).status === 0;
