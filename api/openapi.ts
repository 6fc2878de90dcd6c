import { z } from 'zod';
import { PERMISSIONS } from './authorize.ts';
import type { Route } from './http/route.ts';
import { problemKind } from './problems/texts.ts';

type Json = Readonly<Record<string, unknown>>;

export interface OpenApiFacts {
  readonly publicUrl: string;
  readonly version: string;
  readonly tokenUrl: string;
}

/** Problems any route with a token may answer. */
const COMMON_PROBLEMS = ['TOKEN_MISSING', 'ROLE_NOT_ALLOWED', 'ENGINE_UNAVAILABLE'] as const;

/** OpenAPI 3.1 of the routes, from the very schemas that read requests. */
export function openApiDocument(routes: readonly Route[], facts: OpenApiFacts): Json {
  const components: Record<string, unknown> = { Problem: problemSchema() };
  const paths: Record<string, Record<string, unknown>> = {};
  for (const each of routes) {
    paths[each.path] = { ...paths[each.path], [each.method]: operation(each, components) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Heli',
      version: facts.version,
      description:
        'Divorce registration by agreement (协议离婚登记) for a district. Instants are UTC, civil dates are ' +
        '`YYYY-MM-DD` in Asia/Shanghai. Faults are problem details (RFC 9457) with stable codes, explained at ' +
        '[/problems](/problems). Every POST takes an `Idempotency-Key`: the same request with the same key is ' +
        'done once and answered alike.',
    },
    servers: [{ url: `${facts.publicUrl}/api/v1` }],
    security: [{ bearer: [] }],
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: components,
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: `From ${facts.tokenUrl}`,
        },
      },
    },
  };
}

function operation(each: Route, components: Record<string, unknown>): Json {
  const roles = each.access === 'none' || each.access === 'staff' ? undefined : PERMISSIONS[each.access];
  const description = [each.description, roles ? `Roles: ${roles.join(', ')}.` : undefined]
    .filter(Boolean)
    .join('\n\n');
  return {
    tags: [each.tag],
    summary: each.summary,
    operationId: operationId(each),
    ...(description ? { description } : {}),
    ...(each.access === 'none' ? { security: [] } : {}),
    parameters: [
      ...parameters(each.params, 'path', components),
      ...parameters(each.query, 'query', components),
      ...(each.method === 'post' && each.access !== 'none' ? [idempotencyKey()] : []),
    ],
    ...requestBody(each, components),
    responses: responses(each, components),
  };
}

function operationId({ method, path }: Route): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter(Boolean);
  return method + words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
}

function parameters(schema: z.ZodType, where: 'path' | 'query', components: Record<string, unknown>): Json[] {
  const { properties = {}, required = [] } = jsonSchema(schema, 'input', components) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    ...(property['description'] ? { description: property['description'] } : {}),
    schema: property,
  }));
}

function idempotencyKey(): Json {
  return {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description: 'The same request with the same key is done once; its answer is given again.',
    schema: { type: 'string', minLength: 1, maxLength: 200 },
  };
}

function requestBody({ body, upload, csv }: Route, components: Record<string, unknown>): Json {
  if (!body) return {};
  const schema = jsonSchema(body, 'input', components);
  if (!upload) {
    const text = { schema: { type: 'string' }, ...(csv ? { example: csv.example } : {}) };
    const content = { 'application/json': { schema }, ...(csv ? { 'text/csv': text } : {}) };
    return { requestBody: { required: true, content } };
  }
  const { properties = {} } = schema as { properties?: Json };
  const form = {
    type: 'object',
    required: ['file'],
    properties: { file: { type: 'string', contentMediaType: 'application/octet-stream' }, ...properties },
  };
  return { requestBody: { required: true, content: { 'multipart/form-data': { schema: form } } } };
}

function responses(each: Route, components: Record<string, unknown>): Json {
  const { status, description, schema, mediaType } = each.answers;
  const content = schema
    ? { 'application/json': { schema: jsonSchema(schema, 'output', components) } }
    : mediaType
      ? { [mediaType]: {} }
      : undefined;
  return { [String(status)]: { description, ...(content ? { content } : {}) }, ...problemResponses(each) };
}

function problemResponses({ access, problems }: Route): Json {
  const codes = new Set([...problems, ...(access === 'none' ? [] : COMMON_PROBLEMS)]);
  const byStatus = new Map<number, string[]>();
  for (const code of codes) {
    const { status } = problemKind(code);
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  return Object.fromEntries(
    [...byStatus]
      .sort(([x], [y]) => x - y)
      .map(([status, of]) => [String(status), { description: of.join(', '), content }]),
  );
}

/** JSON Schema of a zod schema; parts that have a name become components. */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output', components: Record<string, unknown>): Json {
  const made = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json & {
    readonly id?: string;
    readonly $defs?: Readonly<Record<string, Json>>;
  };
  for (const [name, part] of Object.entries(made.$defs ?? {})) components[name] = pointed(part);
  if (made.id === undefined) return pointed(made);
  components[made.id] = pointed(made);
  return { $ref: `#/components/schemas/${made.id}` };
}

/** What names and wraps a schema; a component is named by its key. */
const WRAPPING = new Set(['$schema', '$defs', 'id']);

/** References within one schema become references to components. */
function pointed(schema: Json): Json {
  const own = Object.fromEntries(Object.entries(schema).filter(([key]) => !WRAPPING.has(key)));
  return JSON.parse(JSON.stringify(own).replaceAll('#/$defs/', '#/components/schemas/')) as Json;
}

function problemSchema(): Json {
  const texts = { type: 'object', additionalProperties: { type: 'string' } };
  const error = {
    type: 'object',
    properties: {
      field: { type: 'string' },
      code: { type: 'string' },
      line: { type: 'integer', description: 'Of an uploaded file' },
      value: { type: 'string' },
      message: { type: 'string' },
      messages: texts,
    },
  };
  return {
    type: 'object',
    description: 'RFC 9457 problem details.',
    required: ['type', 'title', 'status', 'code'],
    properties: {
      type: { type: 'string', format: 'uri' },
      title: { type: 'string' },
      status: { type: 'integer' },
      code: { type: 'string', description: 'Stable' },
      detail: { type: 'string' },
      instance: { type: 'string' },
      messages: texts,
      field: { type: 'string', description: 'The first wrong field' },
      errors: { type: 'array', items: error },
      stage: { type: 'string', description: 'With a refusal of the procedure' },
      allowedActs: { type: 'array', items: { type: 'string' } },
    },
  };
}
