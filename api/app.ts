import express, { type Express, type Request, type RequestHandler, Router } from 'express';
import multer from 'multer';
import type { ApiDependencies } from './dependencies.ts';
import { securityHeaders } from './http/headers.ts';
import { noRoute, problemHandler } from './http/problem-handler.ts';
import { requestContext } from './http/request-context.ts';
import type { Route } from './http/route.ts';
import { runRoute } from './http/run-route.ts';
import { openApiDocument } from './openapi.ts';
import { operations } from './operations.ts';
import { pages } from './pages/pages.ts';
import { Problem } from './problems/problem.ts';
import { ROUTES } from './routes.ts';

const JSON_LIMIT = '256kb';
/** Histories of long cases, as the engine's console sends them to be opened. */
const CODEC_LIMIT = '8mb';

export interface AppOptions {
  /** Handler of the embedded OpenID provider; undefined with an outside one. */
  readonly provider?: RequestHandler | undefined;
  /** Where tokens come from, for the documentation. */
  readonly tokenUrl: string;
  readonly simulatorsUrl?: string | undefined;
}

/** The Express application: everything it touches is in `deps`. */
export function createApp(deps: ApiDependencies, options: AppOptions): Express {
  const { settings } = deps;
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.use(requestContext(deps));
  app.use(securityHeaders(settings.publicUrl));
  app.use(operations(deps));
  if (options.provider) app.use('/oidc', options.provider);
  app.use('/api/v1', api(deps, options.tokenUrl));
  app.use(
    pages({
      demo: settings.demo,
      publicUrl: settings.publicUrl,
      webUiUrl: settings.webUiUrl,
      simulatorsUrl: options.simulatorsUrl,
    }),
  );
  app.use(noRoute);
  app.use(problemHandler(deps));
  return app;
}

function api(deps: ApiDependencies, tokenUrl: string): Router {
  const { publicUrl, version } = deps.settings;
  const router = Router();
  const document = JSON.stringify(openApiDocument(ROUTES, { publicUrl, version, tokenUrl }));
  router.get('/openapi.json', (request, response) => {
    request.routePattern = '/api/v1/openapi.json';
    response.type('json').send(document);
  });
  router.use('/codec', codecCors(deps.settings.webUiUrl), express.json({ limit: CODEC_LIMIT }));
  router.use('/webhooks', express.urlencoded({ limit: '64kb', extended: false }));
  for (const each of ROUTES) {
    const path = each.path.replaceAll(/\{(\w+)\}/g, ':$1');
    const pattern: RequestHandler = (request, _response, next) => {
      request.routePattern = `/api/v1${each.path}`;
      next();
    };
    router[each.method](path, pattern, ...bodyReaders(deps, each), runRoute(deps, each));
  }
  for (const [path, methods] of methodsByPath()) router.all(path, otherMethod(methods));
  return router;
}

function bodyReaders(deps: ApiDependencies, each: Route): RequestHandler[] {
  if (each.method === 'get' || each.path.startsWith('/codec') || each.path.startsWith('/webhooks')) return [];
  const json = express.json({ limit: JSON_LIMIT, strict: true });
  if (each.csv) return [jsonOrCsv, jsonWithText, express.raw({ type: CSV, limit: each.csv.limitBytes })];
  if (!each.upload) return [jsonOnly, json];
  const limits = {
    fileSize: deps.settings.uploadLimitBytes,
    files: 1,
    fields: 10,
    fieldSize: 1_000,
    parts: 12,
  };
  const storage = multer.memoryStorage();
  // Who may not upload is told before the bytes are read.
  return [signedIn(deps, each), multipartOnly, multer({ storage, limits }).single('file')];
}

function signedIn(deps: ApiDependencies, each: Route): RequestHandler {
  return async (request, _response, next) => {
    if (each.access !== 'none') await deps.verifyToken(request.headers.authorization);
    next();
  };
}

function only(...mediaTypes: string[]): RequestHandler {
  return (request, _response, next) => {
    const hasBody =
      request.headers['transfer-encoding'] !== undefined ||
      Number(request.headers['content-length'] ?? 0) > 0;
    if (hasBody && !request.is(mediaTypes)) throw new Problem('MEDIA_TYPE_NOT_SUPPORTED');
    next();
  };
}

/** Keeps the text beside what it says, for faults to be named by their lines. */
const jsonWithText = express.json({
  limit: JSON_LIMIT,
  strict: true,
  verify: (request, _response, bytes) => {
    (request as Request).rawJson = bytes.toString('utf8');
  },
});

const CSV = 'text/csv';
const JSON_TYPES = ['application/json', 'application/*+json'];
const jsonOnly = only(...JSON_TYPES);
const jsonOrCsv = only(...JSON_TYPES, CSV);

const multipartOnly: RequestHandler = (request, _response, next) => {
  if (!request.is('multipart/form-data')) throw new Problem('MEDIA_TYPE_NOT_SUPPORTED');
  next();
};

function methodsByPath(): Map<string, string[]> {
  const methods = new Map<string, string[]>();
  for (const { path, method } of ROUTES) {
    const pattern = path.replaceAll(/\{(\w+)\}/g, ':$1');
    methods.set(pattern, [...(methods.get(pattern) ?? []), method.toUpperCase()]);
  }
  return methods;
}

function otherMethod(methods: readonly string[]): RequestHandler {
  const allow = methods.join(', ');
  return (request, response) => {
    if (request.method === 'OPTIONS') {
      response.set('allow', allow).status(204).end();
      return;
    }
    throw new Problem('METHOD_NOT_ALLOWED', { headers: { allow } });
  };
}

/** The engine's console asks from its own origin, and nobody else may. */
function codecCors(webUiUrl: string): RequestHandler {
  const { origin } = new URL(webUiUrl);
  const alias = origin.replace('127.0.0.1', 'localhost');
  return (request, response, next) => {
    const from = request.headers.origin;
    response.vary('origin');
    if (from !== undefined && (from === origin || from === alias)) {
      response.set({
        'access-control-allow-origin': from,
        'access-control-allow-headers': 'authorization, content-type, x-namespace',
        'access-control-allow-methods': 'POST',
        'access-control-allow-credentials': 'true',
        'access-control-max-age': '600',
        'cross-origin-resource-policy': 'cross-origin',
      });
    }
    if (request.method === 'OPTIONS') response.status(204).end();
    else next();
  };
}
