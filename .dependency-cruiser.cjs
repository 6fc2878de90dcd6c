/**
 * Who may import whom. Tests, benchmarks and scripts stand outside the product
 * and may import everything; a unit test stands beside its file and may too.
 */
const PRODUCT = [
  'domain',
  'workflows',
  'activities',
  'adapters',
  'templates',
  'prisma',
  'temporal',
  'worker',
  'api',
  'simulators',
  'config',
];

const NOT_A_TEST = '\\.test\\.ts$|/test-support/';
const inFolder = (...names) => `^(${names.join('|')})/`;
/**
 * Ports: what an activity needs of the outside world. Their interfaces are
 * imported as types, from wherever they stand; as code only files that hold
 * nothing but a port or the errors that belong to it.
 */
const PORT_FILE = '^(activities|adapters)/.+[/-](ports?|errors)\\.ts$';
/** Sealing under a key at hand is arithmetic, not an outside system. */
const PURE_CRYPTO = '^adapters/key-store/envelope\\.ts$';
/** What callers of workflows must know: messages and the attributes a case is found by. */
const WORKFLOW_CONTRACT = '^workflows/(messages|search-attributes)\\.ts$';
const WHERE_PORTS_STAND = ['activities', 'adapters'];
/** Where a process is put together from its parts. */
const API_WIRING = '^api/(main|wire)\\.ts$';

/** One row of the table: `folder` may import itself, packages, what is listed, and nothing else of the product. */
const mayImport = (folder, allowed, { files = [], except = [] } = {}) => ({
  name: `${folder}-imports`,
  comment: `${folder}/ may import: ${[folder, ...allowed, ...files].join(', ')}`,
  severity: 'error',
  from: { path: inFolder(folder), pathNot: [NOT_A_TEST, ...except] },
  to: {
    path: inFolder(...PRODUCT, 'tests', 'bench', 'scripts', 'web'),
    pathNot: [inFolder(folder, ...allowed), ...files],
  },
});

/** The same for a folder that implements ports. */
const mayImportAndPorts = (folder, allowed, { files = [], except = [] } = {}) => [
  mayImport(folder, [...allowed, ...WHERE_PORTS_STAND], { files, except }),
  {
    name: `${folder}-ports`,
    comment: `${folder}/ knows activities and adapters by their ports only`,
    severity: 'error',
    from: { path: inFolder(folder), pathNot: [NOT_A_TEST, ...except] },
    to: {
      path: inFolder(...WHERE_PORTS_STAND.filter((name) => name !== folder)),
      pathNot: [PORT_FILE, PURE_CRYPTO],
      dependencyTypesNot: ['type-only'],
    },
  },
];

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: { path: inFolder(...PRODUCT, 'scripts') },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'pure-folders-without-node',
      comment: 'The law and the workflows are deterministic: no files, no network, no clock of the machine.',
      severity: 'error',
      from: { path: inFolder('domain', 'workflows'), pathNot: NOT_A_TEST },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'domain-without-packages',
      severity: 'error',
      from: { path: inFolder('domain'), pathNot: NOT_A_TEST },
      to: { dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg'] },
    },
    {
      name: 'unresolved',
      severity: 'error',
      from: { path: inFolder(...PRODUCT, 'scripts', 'tests', 'bench') },
      to: { couldNotResolve: true },
    },
    {
      name: 'product-without-development-packages',
      severity: 'error',
      from: { path: inFolder(...PRODUCT), pathNot: NOT_A_TEST },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: 'node_modules/@types/',
      },
    },
    mayImport('domain', []),
    {
      ...mayImport('workflows', ['domain']),
      to: { path: inFolder(...PRODUCT, 'scripts'), pathNot: inFolder('workflows', 'domain', 'activities') },
    },
    {
      name: 'workflows-activities-as-types',
      comment: 'Workflows know their activities by type; the worker runs them.',
      severity: 'error',
      from: { path: inFolder('workflows'), pathNot: NOT_A_TEST },
      to: { path: inFolder('activities'), dependencyTypesNot: ['type-only'] },
    },
    mayImport('activities', ['domain', 'templates']),
    ...mayImportAndPorts('adapters', ['domain']),
    mayImport('templates', ['domain']),
    ...mayImportAndPorts('prisma', ['domain']),
    ...mayImportAndPorts('temporal', ['domain'], { files: [WORKFLOW_CONTRACT] }),
    mayImport(
      'worker',
      PRODUCT.filter((folder) => folder !== 'api' && folder !== 'simulators'),
    ),
    ...mayImportAndPorts('api', ['domain', 'temporal', 'prisma', 'config'], {
      files: [WORKFLOW_CONTRACT],
      except: [API_WIRING],
    }),
    mayImport('simulators', []),
    mayImport('config', ['domain']),
  ],
  options: {
    doNotFollow: { path: 'node_modules|prisma/generated' },
    exclude: { path: '^(node_modules|\\.data|\\.build|web|coverage)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
    },
  },
};
