/** Starts and ends the assistant with the process. An invalid configuration ends the process. */
import { defineNitroPlugin } from 'nitropack/runtime'
import { startAssistant } from '../core/assistant'
import { startProblem } from '../config/error'
import { configOfProcess } from '../config/of-process'
import { log } from '../core/log'
import { provideAssistant } from '../core/running'

export default defineNitroPlugin((nitro) => {
  const starting = start()
  provideAssistant(starting)
  nitro.hooks.hook('close', async () => (await starting).close())
})

async function start() {
  try {
    const config = configOfProcess()
    log.level = config.logLevel
    for (const { name, meant } of config.typos)
      log.warn({ variable: name, meant }, `unknown variable ${name}: did you mean ${meant}?`)
    return await startAssistant(config, log)
  } catch (error) {
    process.stderr.write(startProblem(error))
    process.exit(1)
  }
}
