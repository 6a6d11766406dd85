// @ts-check
/**
 * The direction of imports: page → shared ← server; handlers → agent → preview → mcp, results, and agent → model; nothing
 * points back. `npm run check` runs it over every folder with code.
 */

/** @param {string} names alternatives of a regular expression */
const packages = (names) => `(?:^|^node_modules/)(?:${names})(?:/|$)`

const PAGE =
  '^(?:app\\.vue|error\\.vue|app\\.config\\.ts|(?:pages|components|composables|layouts|middleware|stores|utils|plugins)/|i18n/(?!locales/))'
const WEB = packages('h3|nuxt|vue|nitropack|@nuxt/[^/]+|#(?:imports|app|nitro)')
const DEMO = `^packages/demo-|${packages('@k8s-ai-assistant/demo-[^/]+')}`
/** Parts of the server that are tested in memory. */
const CORE = '^server/(?:agent|model|mcp|preview|redact|results|audit|stream)/'
/** The only code of the MCP program that the server may import. */
const MCP_FOR_SERVER =
  '^mcp/(?:kubernetes/connection/(?:kubeconfig|private-folder)\\.ts|changes/manifest(?:/index)?\\.ts)$'

/**
 * @param {string} name
 * @param {string} comment why
 * @param {import('dependency-cruiser').IRegularForbiddenRuleType['from'] & { path: string | string[] }} from
 * @param {import('dependency-cruiser').IRegularForbiddenRuleType['to']} to
 * @returns {import('dependency-cruiser').IForbiddenRuleType}
 */
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycle',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    forbid(
      'no-unresolved',
      'What cannot be resolved cannot be checked.',
      { path: '' },
      { couldNotResolve: true, pathNot: '^(?:#|virtual:|@rancher/)' },
    ),
    forbid(
      'page-is-a-leaf',
      'Only the page imports the page.',
      { path: '^(?:server|shared|mcp|packages)/' },
      { path: PAGE },
    ),
    forbid(
      'page-knows-no-server',
      'The page talks to the server by HTTP and shares shared/ with it.',
      { path: PAGE },
      { path: ['^(?:server|mcp)/', DEMO, packages('openai|@modelcontextprotocol/[^/]+')] },
    ),
    forbid(
      'shared-is-neutral',
      'shared/ runs in the browser, the server and the MCP program.',
      { path: '^shared/' },
      { pathNot: ['^shared/', '^i18n/locales/', packages('zod|ai')] },
    ),
    forbid(
      'mcp-is-a-program',
      'The MCP program is built without the application.',
      { path: '^mcp/' },
      { path: ['^(?:server|tests|bench|scripts)/', DEMO, PAGE, WEB, packages('openai')] },
    ),
    forbid(
      'mcp-tools-know-no-protocol',
      'Only mcp/protocol and mcp/transports know the MCP SDK.',
      { path: '^mcp/(?:changes|helm|kubernetes|tools)/' },
      { path: packages('@modelcontextprotocol/[^/]+') },
    ),
    forbid(
      'mcp-by-protocol-only',
      'The server reaches the MCP program by MCP; they share the reading of kubeconfigs and manifests, and private folders.',
      { path: '^(?:server|shared)/' },
      { path: '^mcp/', pathNot: MCP_FOR_SERVER },
    ),
    forbid(
      'core-knows-no-web',
      'The core is tested in memory, without HTTP, Nuxt or Vue; handlers call it.',
      { path: CORE },
      { path: ['^server/(?:api|routes|plugins|middleware)/', WEB] },
    ),
    forbid(
      'agent-is-on-top',
      'agent → preview, model, mcp, results: nothing points back.',
      { path: '^server/(?:model|mcp|preview|results)/' },
      { path: '^server/agent/' },
    ),
    forbid(
      'preview-is-above',
      'agent → preview → mcp, results: nothing points back.',
      { path: '^server/(?:model|mcp|results)/' },
      { path: '^server/preview/' },
    ),
    forbid(
      'preview-asks-no-model',
      'A preview reads the cluster.',
      { path: '^server/preview/' },
      { path: '^server/model/' },
    ),
    forbid(
      'results-are-plain-data',
      'Results come in as plain data: server/results knows no connection.',
      { path: '^server/results/' },
      { path: '^server/(?:model|mcp)/' },
    ),
    forbid(
      'redaction-is-below-all',
      'The redaction knows texts and values, and nothing of where they come from.',
      { path: '^server/redact/' },
      { path: '^server/(?!redact/)' },
    ),
    forbid(
      'openai-in-model-only',
      'Only server/model talks to the model.',
      { path: '^(?:server|packages)/', pathNot: '^server/model/' },
      { path: packages('openai') },
    ),
    forbid(
      'mcp-sdk-in-mcp-only',
      'Only server/mcp knows the MCP SDK.',
      { path: '^(?:server|packages)/', pathNot: '^server/mcp/' },
      { path: packages('@modelcontextprotocol/[^/]+') },
    ),
    forbid(
      'demo-is-loaded-when-chosen',
      'The demo is loaded by a dynamic import at the start of the server.',
      { path: '^server/', pathNot: '^server/(?:core/sources\\.ts$|plugins/)' },
      { path: DEMO },
    ),
    forbid(
      'demo-is-not-in-the-start',
      'A static import would load the demo into every server.',
      { path: '^server/(?:core/sources\\.ts$|plugins/)' },
      { path: DEMO, dynamic: false },
    ),
    forbid(
      'nothing-imports-tests',
      'Tests, benchmarks and commands are not part of the product. The evaluation is a command.',
      { path: [PAGE, '^(?:server|shared|mcp|packages/demo-)'] },
      { path: '^(?:tests|bench|scripts)/' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(?:\\.(?:nuxt|output|cache|data)|coverage|dist)/|/dist-pkg/' },
    tsConfig: { fileName: '.nuxt/tsconfig.json' },
    tsPreCompilationDeps: true,
    // The newest syntax and .vue files; `.ts` first, since imports have no extension.
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      extensions: ['.ts', '.vue', '.mjs', '.js', '.d.ts', '.json'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
}
