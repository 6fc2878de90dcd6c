import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { REQUIRED_IN_PRODUCTION, variablesSchema } from '../config/variables.ts';

const PROJECT = resolve(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(PROJECT, file), 'utf8');
const DOCUMENTS = [
  'README.md',
  'CONTRIBUTING.md',
  'docs/operations.md',
  ...readdirSync(join(PROJECT, 'docs/decisions')).map((name) => `docs/decisions/${name}`),
];

describe('the documentation', () => {
  const readme = read('README.md');
  const rows = readme.split('\n').filter((line) => line.startsWith('| `'));

  it.each(Object.keys(variablesSchema.shape))('explains %s in the table of variables', (variable) => {
    expect(rows.filter((row) => row.startsWith(`| \`${variable}\``))).toHaveLength(1);
  });

  it('marks exactly the variables production must have', () => {
    const marked = rows.flatMap((row) => /^\| `([A-Z_]+)` \\?\*/.exec(row)?.[1] ?? []);
    expect(marked.sort()).toEqual([...REQUIRED_IN_PRODUCTION].sort());
  });

  it.each(DOCUMENTS)('%s links to files that exist', (file) => {
    const links = [...read(file).matchAll(/\]\(([^)#:]+)(#[^)]*)?\)/g)].map((match) => match[1] ?? '');
    const broken = links.filter((link) => !existsSync(join(PROJECT, dirname(file), link)));
    expect(broken).toEqual([]);
  });

  it.each(DOCUMENTS)('%s names npm scripts that exist', (file) => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...read(file).matchAll(/npm run (?:-s )?([a-z][a-z:-]*)/g)].map((match) => match[1] ?? '');
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('lists every decision', () => {
    const index = read('docs/decisions/README.md');
    const decisions = readdirSync(join(PROJECT, 'docs/decisions')).filter((name) => /^\d/.test(name));
    expect(decisions.filter((name) => !index.includes(`(${name})`))).toEqual([]);
  });
});
