/** Global setup of the suites that run the built server: builds it where its sources changed. */
export { buildApp as default } from '../../../scripts/build.mjs'
