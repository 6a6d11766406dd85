import { defineConfig } from '@playwright/test'
import { findBrowser } from './scripts/browser.mjs'

const executablePath = findBrowser()
const asRoot = process.getuid?.() === 0

export default defineConfig({
  projects: [
    { name: 'e2e', testDir: 'tests/e2e' },
    // A dashboard of 50 MB, loaded by each test.
    {
      name: 'rancher',
      testDir: 'tests/rancher',
      // One dashboard with one user's settings.
      workers: 1,
      timeout: 240_000,
      expect: { timeout: 60_000 },
      use: { ignoreHTTPSErrors: true, actionTimeout: 30_000 },
    },
  ],
  testMatch: '**/*.test.ts',
  globalSetup: './tests/support/app/build.ts',
  // Each has its own servers.
  workers: 2,
  // On a busy machine; `npm test` names a test that needed it.
  retries: process.env.CI === 'true' ? 1 : 0,
  forbidOnly: process.env.CI === 'true',
  timeout: 90_000,
  // A busy machine is slow; a hanging page still fails.
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: {
    browserName: 'chromium',
    // Nobody opens a trace in CI, and it slows each action down.
    trace: process.env.CI === 'true' ? 'off' : 'retain-on-failure',
    actionTimeout: 10_000,
    // Contrasts and pictures are those after an animation.
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: {
      ...(executablePath && { executablePath }),
      // Chromium refuses to run its sandbox as root.
      chromiumSandbox: !asRoot,
      // Disables Chromium's background requests and resolves only names of this machine; `.test` for several sites.
      args: [
        '--disable-domain-reliability',
        '--no-pings',
        '--host-resolver-rules=MAP *.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
      ],
    },
  },
})
