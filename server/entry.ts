/**
 * Where the built server begins. Relative URLs in the page are for a proxy that strips a prefix: only as a setting of the
 * run, and read by Nitro while it is loaded, does `./` work at `/` and behind a prefix in the same build. So the rest is
 * loaded afterwards.
 */
process.env.NUXT_APP_BASE_URL ??= './'
void import('./http/serve')
