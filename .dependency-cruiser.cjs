/** The import rule of ARCHITECTURE.md, checked on every test run. */
const FEATURES =
  '(accounts|contacts|imports|events|memory|milestones|sequences|composing|delivery|inbox|outcomes|health|wayout)';
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-feature-imports-another',
      severity: 'error',
      from: { path: `^src/${FEATURES}/` },
      to: { path: `^src/${FEATURES}/`, pathNot: '^src/$1/' },
    },
    {
      name: 'core-imports-core-only',
      severity: 'error',
      from: { path: '^src/core/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^src/', pathNot: '^src/core/' },
    },
    {
      name: 'core-does-no-io',
      comment: 'core is pure and synchronous: no Node IO module, no driver',
      severity: 'error',
      from: { path: '^src/core/', pathNot: '\\.spec\\.ts$' },
      to: {
        path: '^(node:)?(fs|net|http|https|tls|dns|child_process|worker_threads|timers)(/|$)|node_modules/(pg|typeorm|bullmq|nodemailer|@nestjs)/',
      },
    },
    {
      name: 'infrastructure-knows-no-feature',
      severity: 'error',
      from: {
        path: '^src/(config\\.ts|clock\\.ts|log\\.ts|metrics\\.ts|database/|queue/|mail/|files/|writer/|http/)',
      },
      to: { path: `^src/(${FEATURES}/|app\\.module|main|boot|cli|demo/)` },
    },
    {
      name: 'features-do-not-know-the-top',
      severity: 'error',
      from: { path: `^src/${FEATURES}/` },
      to: { path: '^src/(app\\.module|main|boot|cli|demo/)' },
    },
    { name: 'no-barrels', severity: 'error', from: {}, to: { path: '^src/.*/index\\.ts$' } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'shipped-code-uses-shipped-packages',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
