/** Starts the assistant with the process and ends it with it. A configuration that cannot work ends the process. */
import { defineNitroPlugin } from 'nitropack/runtime'
import { startAssistant } from '../core/assistant'
import { ConfigError, readConfig } from '../config/config'
import { log } from '../core/log'
import { provideAssistant } from '../core/running'

export default defineNitroPlugin((nitro) => {
  const starting = start()
  provideAssistant(starting)
  nitro.hooks.hook('close', async () => (await starting).close())
})

async function start() {
  try {
    const config = readConfig()
    log.level = config.logLevel
    return await startAssistant(config, log)
  } catch (error) {
    const words = error instanceof ConfigError ? error.message : error instanceof Error ? error.stack : String(error)
    process.stderr.write(`K8s AI Assistant cannot start. ${words}\n`)
    process.exit(1)
  }
}
