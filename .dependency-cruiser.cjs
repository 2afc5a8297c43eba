// Who may import whom. The table is docs/adr/0001 in rules; `reachable` ones hold through any
// number of files in between. Tests may reach further than the code they test.
const test = '\\.(test|bench)\\.ts$|\\.test-support\\.ts$|/fixtures?/'
const core = (place) => `^src-main/core/${place}${place.includes('/') ? '' : '/'}`

/** A layer may import itself and `allowed`, nothing else of ours. */
function layer(folder, allowed) {
  return {
    name: `layer-${folder}`,
    comment: `core/${folder} may import: ${allowed.join(', ') || 'nothing else of ours'} (and api, platform)`,
    severity: 'error',
    from: { path: core(folder), pathNot: test },
    to: {
      path: '^src-main/',
      pathNot: ['^src-main/api/', core('platform'), core(folder), ...allowed.map(core)]
    }
  }
}

module.exports = {
  forbidden: [
    {
      name: 'api-imports-zod-only',
      severity: 'error',
      from: { path: '^src-main/api/', pathNot: test },
      to: { pathNot: ['^src-main/api/', '^node_modules/zod/'] }
    },
    layer('platform', []),
    layer('files', []),
    layer('compute', []),
    layer('methods', [
      'compute',
      'evaluation',
      'features/feature-matrix',
      'features/principal-axes',
      'networks',
      'traces/paths'
    ]),
    layer('networks', ['compute', 'methods/distillation/distillation-method', 'methods/method']),
    layer('features', ['compute', 'files', 'store', 'datasets', 'jobs', 'projects', 'matrices']),
    layer('health', ['store', 'features', 'datasets', 'jobs', 'files', 'compute', 'projects']),
    layer('evaluation', [
      'compute',
      'files',
      'features',
      'jobs',
      'store',
      'projects',
      'methods',
      'networks'
    ]),
    layer('datasets', ['store', 'files', 'compute', 'jobs', 'projects']),
    layer('reports', [
      'store',
      'files',
      'compute',
      'datasets',
      'jobs',
      'projects',
      'networks',
      'methods/distillation/distillation-method',
      'methods/registry',
      'selection/budget',
      'selection/message-parts',
      'selection/rule-words'
    ]),
    layer('projects', ['store', 'files', 'compute']),
    layer('maps', ['store', 'files', 'compute', 'features', 'jobs']),
    layer('groups', [
      'store',
      'files',
      'compute',
      'jobs',
      'methods',
      'networks',
      'evaluation',
      'features',
      'datasets',
      'matrices',
      'selection/array-files',
      'selection/check-pixels',
      'selection/ready-features',
      'selection/selection-files'
    ]),
    layer('synthesis', [
      'store',
      'files',
      'compute',
      'jobs',
      'methods/distillation/distillation-method',
      'networks',
      'evaluation/paired',
      'datasets',
      'selection/array-files',
      'distillation/grid-picture',
      'reports/csv',
      'reports/hashed-file',
      'reports/manifest'
    ]),
    layer('rooms', [
      'store',
      'files',
      'compute',
      'jobs',
      'methods',
      'traces',
      'selection/selection-files'
    ]),
    layer('traces', ['store', 'files', 'compute', 'datasets', 'jobs', 'projects', 'reports']),
    layer('matrices', [
      'store',
      'files',
      'datasets',
      'jobs',
      'features/feature-matrix',
      'features/read-rows'
    ]),
    layer('jobs', ['store', 'compute']),
    layer('store', ['files', 'traces/model']),
    layer('selection', [
      'store',
      'features',
      'methods',
      'evaluation',
      'jobs',
      'files',
      'compute',
      'datasets',
      'matrices',
      'projects'
    ]),
    layer('distillation', [
      'store',
      'features',
      'methods',
      'networks',
      'evaluation',
      'selection',
      'jobs',
      'files',
      'compute',
      'datasets',
      'projects'
    ]),
    {
      name: 'product-knows-no-measuring',
      comment: 'benchmarks and fuzzing look at the product; nothing of theirs is part of it',
      severity: 'error',
      from: { path: '^(src-main|src-renderer)/' },
      to: { path: '^(bench|fuzz)/' }
    },
    {
      name: 'core-knows-no-host',
      severity: 'error',
      from: { path: '^src-main/core/', pathNot: test },
      to: { path: '^src-main/hosts/' }
    },
    {
      name: 'core-never-reaches-electron',
      severity: 'error',
      from: { path: '^src-main/core/' },
      to: { path: '^node_modules/electron/|^electron$', reachable: true }
    },
    {
      name: 'local-host-never-reaches-electron',
      severity: 'error',
      from: { path: '^src-main/hosts/(node|worker)/' },
      to: { path: '^node_modules/electron/|^electron$', reachable: true }
    },
    {
      name: 'only-the-electron-host-imports-electron',
      severity: 'error',
      from: { path: '^(src-main|src-renderer)/', pathNot: '^src-main/hosts/electron/' },
      to: { path: '^node_modules/electron/|^electron$' }
    },
    {
      name: 'hosts-stay-apart',
      severity: 'error',
      from: { path: '^src-main/hosts/electron/' },
      to: { path: '^src-main/hosts/node/' }
    },
    {
      name: 'hosts-stay-apart-2',
      severity: 'error',
      from: { path: '^src-main/hosts/node/' },
      to: { path: '^src-main/hosts/electron/' }
    },
    {
      name: 'sql-only-in-store',
      severity: 'error',
      from: { path: '^src-main/', pathNot: [core('store'), test] },
      to: { path: '^node_modules/better-sqlite3/' }
    },
    {
      name: 'tensor-backends-only-in-devices',
      severity: 'error',
      from: { path: '^src-main/', pathNot: [core('compute/devices'), test] },
      to: { path: '^node_modules/@tensorflow/tfjs-(backend|node)' }
    },
    {
      name: 'native-runtime-only-in-its-device',
      comment: 'the native device alone knows how graphs are written and what runs them',
      severity: 'error',
      from: { path: '^(src-main|src-renderer)/', pathNot: [core('compute/devices/native'), test] },
      to: { path: '^node_modules/(onnxruntime-|@bufbuild/)' }
    },
    {
      name: 'renderer-imports-contract-and-itself',
      severity: 'error',
      from: { path: '^src-renderer/' },
      to: { path: '^(src-main/(core|hosts)|e2e|scripts|bench|fuzz)/' }
    },
    {
      name: 'renderer-has-no-node',
      severity: 'error',
      from: { path: '^src-renderer/', pathNot: test },
      to: { dependencyTypes: ['core'] }
    },
    {
      name: 'pure-views-parts',
      comment: 'charts, components and forms get everything as props',
      severity: 'error',
      from: { path: '^src-renderer/(charts|components|forms)/', pathNot: test },
      to: { path: '^src-renderer/(stores|transport|views|wizards)/' }
    },
    {
      name: 'transport-only-through-stores',
      severity: 'error',
      from: { path: '^src-renderer/', pathNot: ['^src-renderer/(stores|transport|app)/', test] },
      to: { path: '^src-renderer/transport/' }
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: { path: '^(src-main|src-renderer)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }
    },
    {
      name: 'no-unresolved',
      severity: 'error',
      from: { path: '^(src-main|src-renderer)/' },
      to: { couldNotResolve: true, pathNot: ['\\?modulePath$', '^vite/client$', '^virtual:'] }
    }
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.web.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.vue', '.js', '.mjs', '.cjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types']
    },
    skipAnalysisNotInRules: true
  }
}
