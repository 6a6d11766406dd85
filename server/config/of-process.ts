/** The settings of this process: the only reader of its environment. */
import { readConfig } from './config'
import type { Config } from './config'

let config: Config | undefined

/** Read once. @throws ConfigError that names all variables with a problem */
export function configOfProcess(): Config {
  return (config ??= readConfig(process.env))
}
