import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import express, { Router } from 'express';
import { PAGE_POLICY } from '../http/headers.ts';
import { PROBLEMS } from '../problems/texts.ts';
import { escapeHtml, page } from './page.ts';

/** Swagger UI as its package has it; nothing is fetched from elsewhere. */
const ASSETS = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

export interface PagesOptions {
  readonly demo: boolean;
  readonly publicUrl: string;
  readonly webUiUrl: string;
  /** Inbox of the simulated gateways; undefined outside a demonstration district. */
  readonly simulatorsUrl: string | undefined;
}

/** What people see in a browser: where to begin, the documentation of the API, what each problem code means. */
export function pages(options: PagesOptions): Router {
  const router = Router();
  router.use((_request, response, next) => {
    response.set('content-security-policy', PAGE_POLICY);
    next();
  });
  router.get('/', (_request, response) => {
    response.type('html').send(home(options));
  });
  router.get('/problems', (_request, response) => {
    response.type('html').send(problemsPage());
  });
  router.get('/docs', (_request, response) => {
    response.type('html').send(DOCS);
  });
  router.get('/docs/start.js', (_request, response) => {
    response.type('text/javascript').send(DOCS_START);
  });
  router.use('/docs/assets', express.static(ASSETS, { index: false, maxAge: '1h' }));
  return router;
}

function home({ demo, publicUrl, webUiUrl, simulatorsUrl }: PagesOptions): string {
  const cards: [string, string, string][] = [
    ['/docs', 'API documentation', 'Every call, with its fields, roles and answers; try it with a token.'],
    ['/api/v1/openapi.json', 'OpenAPI 3.1', 'The same for machines.'],
    ['/problems', 'Problem codes', 'What each refusal means, in three languages.'],
    [webUiUrl, 'Workflow engine', 'Temporal’s own console, for supervisors.'],
    ...(simulatorsUrl
      ? ([
          [
            simulatorsUrl,
            'Simulated outside world',
            'Text messages and e-mails as the couple would get them.',
          ],
        ] as [string, string, string][])
      : []),
    ['/readyz', 'Readiness', 'Database, engine and worker.'],
    ['/metrics', 'Metrics', 'For Prometheus.'],
  ];
  const list = cards
    .map(
      ([href, title, about]) =>
        `<li><a href="${escapeHtml(href)}">${escapeHtml(title)}</a><p>${escapeHtml(about)}</p></li>`,
    )
    .join('\n');
  const first = demo
    ? `<h2>First steps</h2>
<pre>TOKEN=$(npm run -s token -- clerk)
curl -H "Authorization: Bearer $TOKEN" ${escapeHtml(publicUrl)}/api/v1/cases</pre>
<p>Roles: clerk, reviewer, counsellor, dispatcher, quality, archivist, supervisor, auditor, admin.</p>`
    : '';
  return page(
    'Heli 和离',
    `<h1>Heli 和离</h1>
<p>Divorce registration by agreement for a district · 区级协议离婚登记</p>
<ul class="cards">${list}</ul>
${first}`,
  );
}

function problemsPage(): string {
  const rows = Object.entries(PROBLEMS)
    .map(
      ([code, { status, text }]) =>
        `<tr id="${escapeHtml(code)}"><td><code>${escapeHtml(code)}</code></td><td>${status}</td><td>${escapeHtml(text.en)}</td>` +
        `<td lang="zh-Hans">${escapeHtml(text['zh-Hans'])}</td><td lang="zh-Hant">${escapeHtml(text['zh-Hant'])}</td></tr>`,
    )
    .join('\n');
  return page(
    'Problem codes · Heli',
    `<h1>Problem codes</h1><p>Codes are stable; sentences may be reworded.</p>
<table><thead><tr><th>Code</th><th>Status</th><th>English</th><th>简体</th><th>繁體</th></tr></thead><tbody>${rows}</tbody></table>`,
  );
}

const DOCS = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Heli API</title>
<link rel="stylesheet" href="/docs/assets/swagger-ui.css">
<link rel="icon" href="/docs/assets/favicon-32x32.png">
<style>
body { margin: 0; background: #fafbfc; }
.swagger-ui .topbar { display: none; }
.swagger-ui .info { margin: 2rem 0 1rem; }
</style>
</head>
<body>
<div id="docs"></div>
<script src="/docs/assets/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;

const DOCS_START = `window.ui = SwaggerUIBundle({
  url: '/api/v1/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  persistAuthorization: false,
  validatorUrl: null,
  tagsSorter: undefined,
  presets: [SwaggerUIBundle.presets.apis],
  layout: 'BaseLayout',
});
`;
