/** Finds a Chromium for the browser tests, and gets one where there is none. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { nodeBinary } from './node.mjs'
import { packages } from './paths.mjs'
import { Problem, run } from './run.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const MAC = ['Google Chrome', 'Chromium'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`)

/**
 * Looks at CHROME_PATH, the PATH, a Mac's applications and what Playwright downloaded, in this order.
 * @returns {string | undefined} path of a browser that runs
 * @throws Problem where CHROME_PATH names something that does not
 */
export function findBrowser() {
  const { CHROME_PATH: named, PATH = '' } = process.env
  if (named) {
    if (!runs(named)) throw new Problem(`CHROME_PATH: "${named}" is not a Chromium or Chrome that runs here.`)
    return named
  }
  const installed = PATH.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)))
  return [...installed, ...MAC, playwrightsOwn()].find((path) => path !== undefined && runs(path))
}

/**
 * Finds a browser or gets one: Debian's package for root, else Playwright's download.
 * @returns {Promise<string>} its path
 * @throws Problem where none can be had
 */
export async function obtainBrowser() {
  const found = findBrowser()
  if (found) return found
  if (isDebian() && process.getuid?.() === 0) await installPackage()
  if (!findBrowser()) await download()
  const obtained = findBrowser()
  if (obtained) return obtained
  throw new Problem(
    'There is no browser for the browser tests: install Chromium or Chrome, or name one with CHROME_PATH, and try again.',
  )
}

async function installPackage() {
  console.log('Installing the browser: Debian’s package chromium …')
  // Another apt may be at work, e.g. on a machine that was just started.
  const wait = ['-o', 'DPkg::Lock::Timeout=600', '-qq']
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  if ((await run('apt-get', [...wait, 'update'], { env })) !== 0)
    console.log('apt-get update failed; trying to install all the same.')
  const code = await run('apt-get', [...wait, 'install', '-y', '--no-install-recommends', 'chromium'], { env })
  if (code !== 0) console.log('Debian’s package could not be installed.')
}

async function download() {
  console.log('Installing the browser: Playwright’s download of Chromium …')
  await run(nodeBinary(), [join(packages, '@playwright', 'test', 'cli.js'), 'install', 'chromium'])
}

/** A snap's placeholder lies on the PATH too: what counts is that it runs. */
function runs(path) {
  return existsSync(path) && spawnSync(path, ['--version'], { timeout: 20_000 }).status === 0
}

function playwrightsOwn() {
  try {
    return createRequire(join(packages, 'x.js'))('@playwright/test').chromium.executablePath()
  } catch {
    return undefined // not installed yet
  }
}

function isDebian() {
  const release = '/etc/os-release'
  return existsSync(release) && /^ID=debian$/m.test(readFileSync(release, 'utf8'))
}
