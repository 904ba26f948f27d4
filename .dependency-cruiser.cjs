/** Imports point down: apps → domain libraries → platform → contracts. Each rule says what it protects. */
const domains = 'tenancy|identity|scheduling|classroom|media|recording|compliance';
const mayImport = {
  tenancy: '',
  identity: 'tenancy',
  scheduling: 'tenancy|identity',
  classroom: 'tenancy|identity|scheduling',
  media: '',
  recording: 'tenancy|identity|scheduling|classroom',
  compliance: 'tenancy|identity',
};

const domainRules = Object.entries(mayImport).map(([name, allowed]) => ({
  name: `${name}-imports`,
  comment: 'Domains meet through published services and events, in one direction.',
  severity: 'error',
  from: { path: `^libs/${name}/` },
  to: { path: `^libs/(${domains})/`, pathNot: `^libs/(${[name, allowed].filter(Boolean).join('|')})/` },
}));

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    ...domainRules,
    {
      name: 'platform-knows-no-domain',
      severity: 'error',
      from: { path: '^libs/platform/' },
      to: { path: `^(apps|installer)/|^libs/(${domains}|sdk)/` },
    },
    {
      name: 'contracts-import-zod-only',
      severity: 'error',
      from: { path: '^libs/contracts/src/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: '^libs/contracts/src/|^node_modules/zod/' },
    },
    {
      name: 'sdk-is-for-browsers',
      severity: 'error',
      from: { path: '^libs/sdk/src/', pathNot: '\\.spec\\.ts$' },
      to: { path: `^libs/(platform|${domains})/|^apps/` },
    },
    {
      name: 'portal-imports-contracts-and-sdk-only',
      severity: 'error',
      from: { path: '^apps/portal/' },
      to: { path: `^libs/(platform|${domains})/|^apps/(?!portal/)|^installer/` },
    },
    { name: 'libraries-know-no-app', severity: 'error', from: { path: '^libs/' }, to: { path: '^(apps|installer)/' } },
    {
      name: 'apps-know-no-other-app',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'portal-layers',
      comment: 'app → features → shared → design.',
      severity: 'error',
      from: { path: '^apps/portal/src/(features|shared|design)/' },
      to: { path: '^apps/portal/src/app/' },
    },
    {
      name: 'portal-shared-knows-no-feature',
      severity: 'error',
      from: { path: '^apps/portal/src/(shared|design)/' },
      to: { path: '^apps/portal/src/features/' },
    },
    {
      name: 'portal-design-knows-only-itself',
      severity: 'error',
      from: { path: '^apps/portal/src/design/', pathNot: '^apps/portal/src/design/page/' },
      to: { path: '^apps/portal/src/shared/|^libs/' },
    },
    {
      name: 'portal-features-stand-apart',
      severity: 'error',
      from: { path: '^apps/portal/src/features/([^/]+)/' },
      to: { path: '^apps/portal/src/features/', pathNot: '^apps/portal/src/features/$1/' },
    },
    {
      name: 'one-door-per-library',
      comment: 'A library is used through its index, a part of platform through that part’s index.',
      severity: 'error',
      from: { path: '^(apps|libs)/([^/]+)/' },
      to: {
        path: '^libs/',
        pathNot: [
          '^libs/$2/',
          '^libs/[^/]+/(src|dist)/(testing/)?index\\.(ts|d\\.ts|js)$',
          '^libs/(platform|sdk|recording)/(src|dist)/[^/]+/index\\.(ts|d\\.ts|js)$',
        ],
      },
    },
    {
      name: 'pure-domain',
      comment: 'Domain folders hold rules, not frameworks.',
      severity: 'error',
      from: { path: '^libs/[^/]+/src/domain/', pathNot: '\\.spec\\.ts$' },
      to: { path: 'node_modules/(@nestjs|typeorm|express|ws|mediasoup)/' },
    },
    {
      name: 'one-library-one-door',
      comment:
        'Each wrapped library is imported behind its adapter only. Bare mediasoup is what we measure ours against.',
      severity: 'error',
      from: {
        pathNot: [
          '^libs/(identity|media|recording|platform|sdk)/',
          '^apps/[^/]+/test/',
          '^apps/rehearsal/src/audience/bare-sfu\\.ts$',
          '^node_modules/',
        ],
      },
      to: { path: 'node_modules/(keycloak-connect|minio|bull|ioredis|mediasoup|mediasoup-client)/' },
    },
    {
      name: 'installer-needs-nothing',
      comment: 'It runs before anything is installed.',
      severity: 'error',
      from: { path: '^installer/src/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypesNot: ['core', 'local'], pathNot: '^installer/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ['lyceum-source', 'import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
    },
  },
};
