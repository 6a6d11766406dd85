/** Global setup of suites that run the built server: rebuilds it if its sources changed. */
export { buildApp as default } from '../../../scripts/build.mjs'
