/** Programs outside of npm that some tests use: which of them are missing, and how to install them. */
import { spawnSync } from 'node:child_process'
import { findBrowser } from './browser.mjs'

/** @type {{ name: string, suites: string[], isThere: () => boolean, without: string, install: string }[]} */
const TOOLS = [
  {
    name: 'Chromium',
    suites: ['e2e', 'rancher'],
    isThere: () => findBrowser() !== undefined,
    without: 'the suites e2e and rancher fail',
    install:
      '`npx playwright install chromium`, or `apt-get install chromium-headless-shell`, or name one with CHROME_PATH',
  },
  {
    name: 'A Rancher dashboard',
    suites: ['rancher'],
    isThere: () => Boolean(process.env.TEST_RANCHER),
    without: 'the suite rancher is skipped',
    install: 'name one with TEST_RANCHER, see docs/development.md',
  },
  {
    name: 'redis-server',
    suites: ['integration', 'live'],
    isThere: () => runs('redis-server', '--version'),
    without: 'the tests of several replicas are skipped',
    install: '`apt-get install redis-server` or `brew install redis`',
  },
  {
    name: 'helm',
    suites: ['integration', 'live'],
    isThere: () => runs(process.env.HELM_PATH ?? 'helm', 'version'),
    without: 'the tests of Helm changes and of the chart are skipped',
    install: 'https://helm.sh/docs/intro/install/, or name one with HELM_PATH',
  },
]

/**
 * Prints the missing tools of these suites. Installs nothing.
 * @param {string[]} suites
 */
export function reportMissingTools(suites) {
  for (const { name, isThere, without, install } of TOOLS.filter((tool) =>
    tool.suites.some((suite) => suites.includes(suite)),
  ))
    if (!isThere()) console.log(`${name} is missing: without it ${without}. To install it: ${install}.`)
}

/**
 * @param {string} program
 * @param {string} argument
 */
function runs(program, argument) {
  return spawnSync(program, [argument]).status === 0
}
