import { defineConfig } from '@playwright/test'
import { findBrowser } from './scripts/browser.mjs'

const executablePath = findBrowser()
const asRoot = process.getuid?.() === 0

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.test.ts',
  globalSetup: './tests/support/app/build.ts',
  workers: 1,
  retries: 0,
  forbidOnly: process.env.CI === 'true',
  timeout: 90_000,
  // A loaded machine takes its time; a page that hangs still fails.
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: {
    browserName: 'chromium',
    trace: 'retain-on-failure',
    actionTimeout: 10_000,
    launchOptions: {
      ...(executablePath && { executablePath }),
      // Chromium refuses its sandbox to root.
      chromiumSandbox: !asRoot,
      // The browser's own business stays off the network, and no name but the loopback's resolves.
      args: [
        '--disable-domain-reliability',
        '--no-pings',
        '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
      ],
    },
  },
})
