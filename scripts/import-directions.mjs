/**
 * The direction of imports as ESLint configs: page → shared ← server, and api → agent → preview, model, mcp, results. ESLint takes
 * one setting of a rule for a file, so each folder stands in exactly one line of DIRECTIONS.
 */

/**
 * @typedef {{ regex: string, message: string, dynamicToo?: boolean }} Ban of import paths
 */

/**
 * A folder of this project, imported by a relative path or by one of Nuxt's aliases.
 * @param {string} folders alternatives of a regular expression
 * @param {string} message
 * @returns {Ban}
 */
const folder = (folders, message) => ({
  regex: `^(?:[.~@]+/|#)(?:.*/)?(?:${folders})(?:$|/)`,
  message,
  dynamicToo: true,
})

const page = folder('pages|components|composables|stores', 'The page is imported by nobody: page → shared ← server.')
const server = folder('server', 'The page and shared/ do not know the server: page → shared ← server.')
const demo = folder('demo', 'The demo is loaded by a dynamic import where the server starts, only when it is chosen.')
const api = folder('api|routes|plugins|middleware', 'Handlers call the parts, not the other way.')
const agent = folder('agent', 'agent → preview, model, mcp, results: nothing points back.')
const preview = folder('preview', 'agent → preview → mcp, results: nothing points back.')
const model = folder('model', 'A preview reads the cluster and asks no model.')
const links = folder('model|mcp', 'Results come in as plain data: server/results knows no link.')
const web = {
  regex: '^(?:h3|nuxt|vue|nitropack|#imports|#app|#nitro)(?:$|[/-])',
  message: 'The core knows neither HTTP nor Nuxt nor Vue: it is tested in memory.',
  dynamicToo: true,
}
const openai = { regex: '^openai(?:$|/)', message: 'Only server/model talks to the model.', dynamicToo: true }
const mcpSdk = { regex: '^@modelcontextprotocol/', message: 'Only server/mcp knows the MCP SDK.', dynamicToo: true }

/** The MCP program at the top level; `server/mcp` is another folder. */
const program = {
  regex: String.raw`^(?:\.\./)+mcp/(?!(?:kubernetes/(?:kubeconfig|private-folder)|changes/manifest)$)(?:main|config|changes|helm|kubernetes|protocol|tools|transports)(?:$|/)`,
  message:
    'The MCP program is reached by MCP alone; of its code only the reading of kubeconfigs and manifests, and private folders are shared.',
  dynamicToo: true,
}

const core = [web, api, demo]

/** @type {{ files: string[], ignores?: string[], bans: Ban[], environment?: boolean }[]} */
const DIRECTIONS = [
  {
    files: [
      '{app,error}.vue',
      'app.config.ts',
      '{pages,components,composables,layouts,middleware,stores,utils,plugins,locales}/**/*.{ts,vue}',
    ],
    bans: [server, demo, openai, mcpSdk],
  },
  { files: ['shared/**/*.ts'], bans: [server, demo, page, program, openai, mcpSdk] },
  { files: ['mcp/{changes,helm,kubernetes,tools}/**/*.ts'], bans: [server, page, web, demo, openai, mcpSdk] },
  {
    files: ['mcp/{protocol,transports}/**/*.ts', 'mcp/*.ts'],
    bans: [server, page, web, demo, openai],
    environment: true,
  },
  { files: ['server/agent/**/*.ts'], bans: [...core, program, openai, mcpSdk] },
  { files: ['server/model/**/*.ts'], bans: [...core, program, agent, preview, mcpSdk] },
  { files: ['server/mcp/**/*.ts'], bans: [...core, program, agent, preview, openai] },
  { files: ['server/preview/**/*.ts'], bans: [...core, program, agent, model, openai, mcpSdk] },
  { files: ['server/results/**/*.ts'], bans: [...core, program, agent, preview, links, openai, mcpSdk] },
  { files: ['server/{audit,stream}/**/*.ts'], bans: [...core, program, openai, mcpSdk] },
  {
    files: ['server/**/*.ts'],
    ignores: [
      'server/{agent,audit,model,mcp,preview,results,stream}/**',
      'server/entry.ts',
      'server/{config/config,core/sources,http/serve}.ts',
      'server/plugins/**',
    ],
    bans: [page, demo, program, openai, mcpSdk],
  },
  // Where the server starts: here the demo is chosen, and then loaded.
  {
    files: ['server/core/sources.ts', 'server/plugins/**/*.ts'],
    bans: [page, program, { ...demo, dynamicToo: false }, openai, mcpSdk],
  },
  // Those that read the environment, or set it.
  {
    files: ['server/entry.ts', 'server/{config/config,http/serve}.ts'],
    bans: [page, demo, program, openai, mcpSdk],
    environment: true,
  },
  { files: ['demo/**/*.ts'], bans: [page, openai, mcpSdk] },
]

const ENVIRONMENT = [
  'MemberExpression[object.name="process"][property.name="env"]',
  'MemberExpression[object.name="process"][property.value="env"]',
  'VariableDeclarator[init.name="process"] > ObjectPattern > Property[key.name="env"]',
  'ImportDeclaration[source.value=/^(node:)?process$/] > ImportSpecifier[imported.name="env"]',
].map((selector) => ({ selector, message: 'server/config is the only reader of the environment.' }))

/** @type {import('eslint').Linter.Config[]} */
export const importDirections = DIRECTIONS.map(({ files, ignores, bans, environment }) => ({
  name: `directions/${files[0]}`,
  files,
  ...(ignores && { ignores }),
  rules: {
    'no-restricted-imports': ['error', { patterns: bans.map(({ regex, message }) => ({ regex, message })) }],
    'no-restricted-syntax': [
      'error',
      ...bans.filter(({ dynamicToo }) => dynamicToo).map(dynamicImport),
      ...(environment ? [] : ENVIRONMENT),
    ],
  },
}))

/**
 * `no-restricted-imports` does not look at `import()`.
 * @param {Ban} ban
 */
function dynamicImport({ regex, message }) {
  return { selector: `ImportExpression[source.value=/${regex.replaceAll('/', '\\u002F')}/]`, message }
}
