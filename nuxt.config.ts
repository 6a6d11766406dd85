import { fileURLToPath } from 'node:url'

// One build for every place it is served from: no SSR, a hash-mode router, relative URLs (see ARCHITECTURE.md).
export default defineNuxtConfig({
  compatibilityDate: '2026-11-01',
  modules: ['@nuxt/ui', '@pinia/nuxt', '@nuxt/eslint'],
  ssr: false,
  telemetry: false,
  devtools: { enabled: false },
  devServer: { host: process.env.HOST ?? '127.0.0.1', port: Number(process.env.PORT ?? 8005) },
  // One folder for each feature.
  imports: { dirs: ['composables/**', 'utils/**'] },
  css: ['~/assets/css/main.css'],
  router: { options: { hashMode: true } },
  experimental: { entryImportMap: false },
  app: {
    head: {
      title: 'K8s AI Assistant',
      meta: [{ name: 'viewport', content: 'width=device-width, initial-scale=1' }],
    },
  },
  // Nothing is fetched from outside: no web fonts, and the icons are in the bundle.
  ui: { fonts: false },
  icon: { provider: 'none', fallbackToApi: false, clientBundle: { scan: true, icons: [] } },
  nitro: { compressPublicAssets: true },
  // The built server connects its sockets itself (server/http/serve.ts).
  $development: { nitro: { experimental: { websocket: true } } },
  $production: { nitro: { entry: fileURLToPath(new URL('./server/entry.ts', import.meta.url)) } },
  // vue-i18n leaves out what the page does not use of it.
  vite: { define: { __VUE_I18N_LEGACY_API__: false, __VUE_I18N_FULL_INSTALL__: false } },
  typescript: { strict: true },
  eslint: { config: { stylistic: false } },
})
