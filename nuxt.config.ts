import { fileURLToPath } from 'node:url'
import { readEnvironment } from './shared/environment/read'
import { DEFAULT_PORT } from './shared/environment/server'

// The server itself reports wrong values.
const { environment } = readEnvironment(process.env, 'app')

// One build for every deployment: no SSR, a hash-mode router, relative URLs (see ARCHITECTURE.md).
export default defineNuxtConfig({
  compatibilityDate: '2026-11-01',
  modules: ['@nuxt/ui', '@pinia/nuxt', '@nuxt/eslint'],
  ssr: false,
  telemetry: false,
  devtools: { enabled: false },
  devServer: { host: environment.HOST, port: environment.PORT ?? DEFAULT_PORT.app },
  // One folder for each feature.
  imports: { dirs: ['composables/**', 'utils/**'] },
  css: ['~/assets/css/main.css'],
  router: { options: { hashMode: true } },
  experimental: { entryImportMap: false },
  app: {
    head: {
      title: 'K8s AI Assistant',
      htmlAttrs: { lang: 'en' },
      meta: [{ name: 'viewport', content: 'width=device-width, initial-scale=1' }],
    },
  },
  // Works offline: no web fonts, and the icons are bundled.
  ui: { fonts: false },
  icon: {
    provider: 'none',
    fallbackToApi: false,
    clientBundle: {
      // Names of icons are in code, too.
      scan: { globInclude: ['*.{vue,ts}', '{components,composables,pages,stores,utils}/**/*.{vue,ts}'] },
      icons: [],
    },
  },
  // @ai-sdk/vue imports it for what the page does not use, 10 kB of its first load.
  vite: { resolve: { alias: { swrv: 'data:text/javascript,export default {}' } } },
  nitro: {
    compressPublicAssets: true,
    // Node's own syntax: Nitro's default of 2019 would take private fields and `??` apart.
    esbuild: { options: { target: 'node24' } },
    externals: { inline: ['openai', 'zod', 'yaml', 'zod-to-json-schema', '@modelcontextprotocol/sdk'] },
    typescript: {
      tsConfig: {
        compilerOptions: { composite: true, tsBuildInfoFile: '../node_modules/.cache/types/server.tsbuildinfo' },
        include: [
          ...['shared', 'mcp', 'packages/demo-cluster', 'packages/demo-model'],
          ...['i18n/locales/**/*.json', 'package.json'],
        ].map((path) => `../${path}`),
      },
    },
  },
  // The built server connects its sockets itself (server/http/serve.ts).
  $development: { nitro: { experimental: { websocket: true } } },
  $production: { nitro: { entry: fileURLToPath(new URL('./server/entry.ts', import.meta.url)) } },
  typescript: {
    strict: true,
    // Only the page and shared code: any other import is a type error (TS6307).
    tsConfig: {
      compilerOptions: { composite: true, tsBuildInfoFile: '../node_modules/.cache/types/page.tsbuildinfo' },
      include: ['../shared/**/*', '../i18n/**/*', './ui/**/*'],
      exclude: ['bench', 'deploy', 'mcp', 'packages', 'scripts', 'tests', '*.config.*', 'eslint.config.mjs'].map(
        (path) => `../${path}`,
      ),
    },
  },
  hooks: {
    // Typed `$fetch` would import the server's handlers, but the page parses its responses. Nitro adds its types late.
    ready: (nuxt) => {
      nuxt.hook('prepare:types', ({ references }) => {
        const server = references.findIndex((each) => 'path' in each && each.path.endsWith('types/nitro.d.ts'))
        if (server >= 0) references.splice(server, 1)
      })
    },
  },
  eslint: { config: { stylistic: false } },
})
