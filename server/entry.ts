/**
 * Entry point of the built server. The page's relative URLs support a proxy that strips a prefix: `./` works in every
 * deployment only as a runtime setting that Nitro reads while it loads. So everything else is imported afterwards.
 */
process.env.NUXT_APP_BASE_URL ??= './'
void import('./http/serve')
