/** Finds a Chromium for the browser tests. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { packages } from './paths.mjs'
import { Problem } from './run.mjs'

/** First the engine without the browser's own windows, as Playwright's own headless one is: tests take a third less time. */
const SHELLS = ['chromium-headless-shell', 'chrome-headless-shell']
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const MAC = ['Google Chrome', 'Chromium'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`)

/**
 * Checks CHROME_PATH, the PATH, a Mac's applications and Playwright's downloads, in this order.
 * @returns {string | undefined} path of a browser that runs
 * @throws Problem if CHROME_PATH does not run
 */
export function findBrowser() {
  const { CHROME_PATH: named } = process.env
  if (named) {
    if (!runs(named)) throw new Problem(`CHROME_PATH: "${named}" is not a Chromium or Chrome that runs here.`)
    return named
  }
  return [...installed(SHELLS), ...installed(NAMES), ...MAC, downloaded()].find(runs)
}

/**
 * For what the engine alone does not do: it denies no storage to a frame of another site.
 * @returns {string | undefined} path of a whole browser that runs
 */
export function findWholeBrowser() {
  return [...installed(NAMES), ...MAC].find(runs)
}

/** @param {string[]} names */
function installed(names) {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return names.flatMap((name) => folders.map((folder) => join(folder, name)))
}

/**
 * The PATH may contain a snap placeholder that does not run.
 * @param {string | undefined} path
 */
function runs(path) {
  return path !== undefined && existsSync(path) && spawnSync(path, ['--version'], { timeout: 20_000 }).status === 0
}

/** @returns {string | undefined} */
function downloaded() {
  try {
    return createRequire(join(packages, 'x.js'))('@playwright/test').chromium.executablePath()
  } catch {
    return undefined // not installed yet
  }
}
