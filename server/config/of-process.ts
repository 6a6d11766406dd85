/** The settings of this process: the only reader of its environment. */
import { readConfig } from './config'
import type { Config } from './config'

let config: Config | undefined

/**
 * Read once.
 * @throws ConfigError naming all invalid variables
 */
export function configOfProcess(): Config {
  return (config ??= readConfig(process.env))
}
