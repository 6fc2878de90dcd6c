import { describe, expect, it } from '@jest/globals';
import { ACTS } from '../domain/case/vocabulary.ts';
import { openApiDocument } from './openapi.ts';
import { PROBLEMS } from './problems/texts.ts';
import { ROUTES } from './routes.ts';

interface Operation {
  readonly operationId: string;
  readonly responses: Record<string, unknown>;
  readonly parameters: { readonly name: string; readonly in: string }[];
}
const document = openApiDocument(ROUTES, {
  publicUrl: 'http://x',
  version: '1',
  tokenUrl: 'http://x/token',
}) as {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> };
};
const operations = Object.entries(document.paths).flatMap(([path, of]) =>
  Object.entries(of).map(([method, operation]) => ({ path, method, operation })),
);

describe('the OpenAPI document', () => {
  it('is of version 3.1 and has every route once', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(operations).toHaveLength(ROUTES.length);
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(ROUTES.length);
  });

  it('refers to nothing that is not there', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(
      ([, reference]) => reference ?? '',
    );
    expect(references.length).toBeGreaterThan(20);
    for (const reference of references) {
      expect(reference).toMatch(/^#\/components\/schemas\//);
      expect(document.components.schemas).toHaveProperty([reference.slice('#/components/schemas/'.length)]);
    }
  });

  it.each(operations.map(({ path, method, operation }) => [`${method} ${path}`, path, operation] as const))(
    '%s documents each parameter of its path',
    (_name, path, { parameters }) => {
      const inPath = parameters.filter((each) => each.in === 'path').map(({ name }) => name);
      expect(inPath.sort()).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort());
    },
  );

  it.each(ACTS)('documents the act %s with its body', (act) => {
    const operation = document.paths[`/cases/{caseNumber}/acts/${act}`]?.['post'];
    expect(operation).toMatchObject({ requestBody: { content: { 'application/json': {} } } });
    expect(Object.keys(operation?.responses ?? {})).toEqual(
      expect.arrayContaining(['200', '401', '403', '404', '409', '422', '503']),
    );
  });
});

describe('every problem', () => {
  it.each(Object.entries(PROBLEMS))(
    '%s has a 4xx or 5xx status and three sentences',
    (_code, { status, text }) => {
      expect(status).toBeGreaterThanOrEqual(400);
      for (const sentence of [text['zh-Hans'], text['zh-Hant'], text.en])
        expect(sentence.length).toBeGreaterThan(3);
    },
  );
});
