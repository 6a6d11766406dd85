/** The built assistant, one for each access mode, with the operator's model and the cluster of the evaluation. */
import { variables } from '#shared/environment/schema'
import { startApp } from '../../../../tests/support/app/app'
import type { App } from '../../../../tests/support/app/app'
import type { Env } from '../../../../tests/support/app/program'
import type { Task } from '../task/schema'

export interface Apps {
  /** Starts it at its first use. */
  url: (access: Task['access']) => Promise<string>
  close: () => Promise<void>
}

/** Settings of the operator that reach the model, and the way to it. */
const PASSED_ON = [
  ...variables.filter(({ group }) => group === 'model').map(({ name }) => name),
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'NODE_EXTRA_CA_CERTS'],
]

/**
 * @param env the operator's environment
 * @param own settings that override it
 */
export function createApps(kubeconfig: string, env: Env, own: Env): Apps {
  const passedOn = Object.fromEntries(PASSED_ON.map((name) => [name, env[name]]))
  const started = new Map<Task['access'], Promise<App>>()
  return {
    url: async (access) => {
      const running =
        started.get(access) ??
        startApp({ ...passedOn, KUBECONFIG: kubeconfig, ACCESS_MODE: access, MAX_TURNS_PER_MINUTE: '100000', ...own })
      started.set(access, running)
      return (await running).url
    },
    close: async () => {
      const apps = await Promise.allSettled(started.values())
      await Promise.all(apps.map((app) => (app.status === 'fulfilled' ? app.value.stop() : undefined)))
    },
  }
}
