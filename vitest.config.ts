import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const alias = { '#shared': fileURLToPath(new URL('./shared', import.meta.url)) }

/** A busy server may need seconds; the default is one second. */
const poll = { timeout: 15_000, interval: 50 }

export default defineConfig({
  test: {
    maxWorkers: 2,
    // Measured by `npm test` only for the suite unit; the other suites run the built server.
    coverage: {
      provider: 'v8',
      include: ['server/**/*.ts', 'shared/**/*.ts', 'mcp/**/*.ts'],
      exclude: ['server/{api,routes,middleware,plugins}/**'],
      reporter: ['text-summary', 'html'],
      // About two points below the present figures: raise them with these.
      thresholds: { statements: 80, branches: 74, functions: 80, lines: 82 },
    },
    projects: [
      {
        resolve: { alias },
        // A busy machine starts child processes slowly; a hanging test still ends.
        test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], environment: 'node', testTimeout: 20_000 },
      },
      {
        resolve: { alias },
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['tests/support/app/build.ts'],
          pool: 'forks',
          expect: { poll },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'live',
          include: ['tests/live/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['tests/support/app/build.ts', 'tests/support/app/live.ts'],
          pool: 'forks',
          expect: { poll },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'model',
          include: ['tests/model/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['tests/support/app/build.ts', 'tests/support/scenarios/announce.ts'],
          pool: 'forks',
          // The model server has one script.
          fileParallelism: false,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
