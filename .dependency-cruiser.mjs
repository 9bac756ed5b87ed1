// Who may import whom. The rooms under src/ are the stages of a pipeline; these rules keep the picture true.

const pure = '^src/(contract|features|tuning|evaluation|numerics)/';
const stages =
  '^src/(contract|features|tuning|evaluation|numerics|artifacts|cache|lineage|dataset|learning|pipeline|processes|registry|serving)/';
const test = '\\.(test|testsuite)\\.ts$';
/** @type {import('dependency-cruiser').DependencyType[]} */
const npm = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'];

/**
 * Packages that belong to some rooms only, each with the reason.
 *
 * @type {[name: string, rooms: string[], reason: string][]}
 */
const vendors = [
  [
    'minio',
    ['artifacts'],
    'the object store is a port; a move to another S3 client must touch one room',
  ],
  [
    '@duckdb/',
    ['dataset'],
    'SQL and files from outside are opened by one room, in child processes',
  ],
  ['@tensorflow/', ['learning'], 'serving and evaluation run without the native library'],
  ['koffi', ['learning'], 'native functions are called by one room, in child processes'],
  ['protobufjs', ['learning'], 'only graphs and exported models are written as messages'],
  ['express', ['api'], 'HTTP is one way in among others'],
  ['@asteasolutions/', ['api'], 'OpenAPI describes the HTTP interface and nothing else'],
  ['commander', ['cli'], 'the command line is one way in among others'],
  ['picocolors', ['cli'], 'only the command line draws on a terminal'],
  ['zod', ['pipeline', 'api', 'config'], 'schemas guard the doors; inside, types are enough'],
  ['yaml', ['pipeline'], 'the pipeline file is the only YAML there is'],
  ['ipaddr.js', ['dataset'], 'the same guards'],
  ['pg', ['dataset'], 'databases are one kind of source among others'],
  ['pg-copy-streams', ['dataset'], 'databases are one kind of source among others'],
  ['node-sqlite3-wasm', ['dataset'], 'files from outside are opened by one room'],
  ['fzstd', ['dataset'], 'files from outside are opened by one room'],
  ['picomatch', ['dataset'], 'which files a source means is decided in one place'],
  ['@fastify/busboy', ['api'], 'forms come over HTTP only'],
  [
    '@temporalio/client',
    ['client', 'local'],
    'runs are started and queried in one way, by api and cli alike',
  ],
  ['@temporalio/worker', ['bin'], 'only a composition root decides what a process serves'],
  [
    '@temporalio/activity',
    ['activities'],
    'stages work without Temporal and are tested without it',
  ],
  ['@temporalio/workflow', ['workflows'], 'this package works inside the workflow sandbox only'],
];

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Files that need each other cannot be understood, tested or moved one by one.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nothing uses and that uses nothing is left over.',
      severity: 'error',
      from: {
        orphan: true,
        path: '^(src|tools|bench)/',
        pathNot: [test, '^src/bin/', '\\.d\\.m?ts$'],
      },
      to: {},
    },
    {
      name: 'no-unresolvable',
      comment: 'An import that leads nowhere fails when the file is loaded.',
      severity: 'error',
      // The launcher starts the compiled program, which does not exist before a build.
      from: { pathNot: '^bin/' },
      to: { couldNotResolve: true },
    },
    {
      name: 'declared-packages-only',
      comment: 'A package that package.json does not name disappears with whoever brought it.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-development-packages-in-the-product',
      comment: 'Development packages are not there where Receta runs.',
      severity: 'error',
      from: { path: '^(src|bin)/', pathNot: test },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '/@types/' },
    },

    {
      name: 'pure-rooms-use-no-node-module',
      comment:
        'These rooms decide and compute: time, randomness and files come in as arguments, so that tests are exact and workflows may use them.',
      severity: 'error',
      from: { path: pure, pathNot: test },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'pure-rooms-use-no-package',
      comment:
        'A package may read the clock, the environment or the disk behind our back; single functions that compute are the exception.',
      severity: 'error',
      from: { path: pure, pathNot: test },
      to: { dependencyTypes: npm, pathNot: 'node_modules/fastest-levenshtein/' },
    },
    {
      name: 'contract-stands-alone',
      comment:
        'Everybody shares these words; they depend on nobody, so that nobody drags others in.',
      severity: 'error',
      from: { path: '^src/contract/', pathNot: test },
      to: { path: '^src/', pathNot: '^src/contract/' },
    },
    {
      name: 'pure-stages-see-contract-and-numerics-only',
      comment: 'Features, tuning and evaluation are used apart from each other.',
      severity: 'error',
      from: { path: '^src/(features|tuning|evaluation)/', pathNot: test },
      to: { path: '^src/', pathNot: '^src/($1|contract|numerics)/' },
    },
    {
      name: 'numerics-sees-contract-only',
      comment:
        'Solvers, special functions and generators of random numbers know numbers and nothing of what they stand for, so that tests are exact and every stage may use them.',
      severity: 'error',
      from: { path: '^src/numerics/', pathNot: test },
      to: { path: '^src/', pathNot: '^src/(numerics|contract)/' },
    },
    {
      name: 'numerics-is-for-stages-that-compute',
      comment: 'Mathematics in a door, a port or a workflow is a decision at the wrong place.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: ['^src/(numerics|features|tuning|evaluation|learning)/', test],
      },
      to: { path: '^src/numerics/' },
    },
    {
      name: 'serving-uses-no-trainer',
      comment:
        'Models answer in plain TypeScript: a service that predicts must not load, or wait for, what trains.',
      severity: 'error',
      from: { path: '^src/serving/', pathNot: test },
      to: { path: '^src/learning/(backend|graph|training|process|families)/' },
    },

    {
      name: 'cache-sees-artifacts-only',
      comment:
        'The cache keeps results of any step; what a step does, and how it is run, is none of its business.',
      severity: 'error',
      from: { path: '^src/cache/', pathNot: test },
      to: { path: '^src/', pathNot: '^src/(cache|contract|artifacts)/' },
    },
    {
      name: 'lineage-computes-only',
      comment:
        'Records come in and comparisons go out, so that every verdict can be tested without a store; digests are all it needs of others.',
      severity: 'error',
      from: { path: '^src/lineage/', pathNot: test },
      to: {
        path: '^src/',
        pathNot:
          '^src/(lineage|contract)/|^src/artifacts/(canonical-json|sha256)\\.ts$|^src/cache/(flatten-parameters|parameter-words)\\.ts$',
      },
    },
    {
      name: 'lineage-uses-digests-only',
      comment: 'The same rule for Node itself: of its modules only crypto.',
      severity: 'error',
      from: { path: '^src/lineage/', pathNot: test },
      to: { dependencyTypes: ['core', ...npm], pathNot: '^(node:)?crypto$' },
    },

    {
      name: 'workflows-see-activities-by-type-only',
      comment:
        'Workflow code is replayed; an activity that runs inside it would do its work again and differently.',
      severity: 'error',
      from: { path: '^src/workflows/', pathNot: test },
      to: { path: '^src/activities/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'workflows-see-pure-rooms-only',
      comment: 'What a workflow calls must give the same answer at every replay.',
      severity: 'error',
      from: { path: '^src/workflows/', pathNot: test },
      to: {
        path: '^src/',
        pathNot: '^src/(workflows|activities|contract|features|tuning|evaluation|numerics)/',
      },
    },
    {
      name: 'workflows-use-no-node-module',
      comment: 'The workflow sandbox has no Node modules, and replay forbids what they do.',
      severity: 'error',
      from: { path: '^src/workflows/', pathNot: test },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'workflows-use-temporal-only',
      comment: 'Other packages were not written for replay and make the bundle large.',
      severity: 'error',
      from: { path: '^src/workflows/', pathNot: test },
      to: {
        dependencyTypes: npm,
        pathNot: 'node_modules/(@temporalio/(workflow|common)|fastest-levenshtein)/',
      },
    },

    {
      name: 'activities-know-no-caller',
      comment:
        'Activities get stages and ports handed in; knowing the configuration or the callers would tie a step to one way of running it.',
      severity: 'error',
      from: { path: '^src/activities/', pathNot: test },
      to: { path: '^src/(config|workflows|api|client|cli|local|bin)/' },
    },
    {
      name: 'stages-know-no-caller',
      comment:
        'A stage does its work for anybody: a workflow, a test, a program that knows no Temporal.',
      severity: 'error',
      from: { path: stages, pathNot: test },
      to: { path: '^src/(config|workflows|activities|api|client|cli|local|bin)/' },
    },
    {
      name: 'doors-reach-workflows-through-client',
      comment: 'Whoever starts runs past the client skips the request record and its idempotency.',
      severity: 'error',
      from: { path: '^src/(api|cli)/', pathNot: test },
      to: { path: '^src/(workflows|activities)/' },
    },
    {
      name: 'nothing-imports-bin',
      comment:
        'Composition roots wire the rooms; a room that needs one is wired the wrong way round.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/bin/' },
      to: { path: '^src/bin/' },
    },
    {
      name: 'only-cli-and-bin-use-the-embedded-stack',
      comment: 'Receta runs on a cluster without it.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/(local|bin|cli)/', test] },
      to: { path: '^src/local/' },
    },
    {
      name: 'product-knows-no-test',
      comment: 'Tests look at the product, never the other way round.',
      severity: 'error',
      from: { path: '^(src|bin|tools)/', pathNot: test },
      to: { path: ['^(test|bench)/', test] },
    },
    {
      name: 'tools-stand-apart',
      comment: 'The set-up works before anything is compiled.',
      severity: 'error',
      from: { path: '^tools/' },
      to: { path: '^(src|test|bench)/' },
    },
    {
      name: 'tools-use-node-only',
      comment: 'The set-up works before any package is installed.',
      severity: 'error',
      from: {
        path: '^(tools|bin)/.+\\.m?js$',
        // Run after the set-up, by programs of their own.
        pathNot: '^tools/(build/(bundle-workflows|module-graph)|bench/compile-bench)\\.mjs$',
      },
      to: { dependencyTypes: npm, dependencyTypesNot: ['type-only'] },
    },

    ...vendors.map(([name, rooms, reason]) => vendorRule(name, rooms, reason)),
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^dist/'] },
    exclude: { path: ['^dist/', '/testdata/'] },
    // Imports of types count, and are told apart from imports of values.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      mainFields: ['main', 'types'],
      extensions: ['.ts', '.d.ts', '.js', '.mjs', '.json'],
    },
  },
};

/**
 * @param {string} name
 * @param {readonly string[]} rooms
 * @param {string} reason
 * @returns {import('dependency-cruiser').IForbiddenRuleType}
 */
function vendorRule(name, rooms, reason) {
  return {
    name: `${name.replace(/[@/]/g, '')}-in-${rooms.join('-and-')}-only`,
    comment: `Only ${rooms.join(' and ')} may use ${name}: ${reason}.`,
    severity: 'error',
    from: { path: '^src/', pathNot: [`^src/(${rooms.join('|')})/`, test] },
    to: { path: `node_modules/${name}${name.endsWith('/') ? '' : '/'}` },
  };
}
