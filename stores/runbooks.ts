/** The operator's runbooks. Read with the first `/` or the palette. */
import type { Runbook } from '#shared/commands/runbook'
import { serverFetch } from '../utils/connection/serverFetch'

export const useRunbookStore = defineStore('runbooks', () => {
  const list = shallowRef<readonly Runbook[]>([])
  let reading: Promise<readonly Runbook[]> | undefined

  /** @returns none if the server does not answer; they are then read again with the next `/` */
  function load(): Promise<readonly Runbook[]> {
    return (reading ??= read().catch(() => {
      reading = undefined
      return []
    }))
  }

  async function read(): Promise<readonly Runbook[]> {
    const [{ runbooksSchema }, response] = await Promise.all([
      import('#shared/commands/runbook'),
      serverFetch('api/runbooks'),
    ])
    return (list.value = runbooksSchema.parse(await response.json()).runbooks)
  }

  return { list, load }
})
