/** All versions of one object from a moment on, from a watch. */
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { ApiError } from '../../../support/kube/kube-api'
import type { KubeApi } from '../../../support/kube/kube-api'
import { readObject } from '../identity/operations'
import { record } from '../busy/objects'
import type { Body } from '../busy/objects'

const listSchema = z.looseObject({ metadata: z.looseObject({ resourceVersion: z.string() }) })
const eventSchema = z.looseObject({ type: z.string(), object: z.record(z.string(), z.unknown()) })

const POLL_MS = 20

export interface Observer {
  /** When the watch began; undefined: it did not exist. */
  before: Body | undefined
  /** Newer versions so far; undefined: it was deleted. */
  versions: readonly (Body | undefined)[]
  /** Waits for a matching version. */
  until: (isRight: (version: Body | undefined) => boolean, ms: number) => Promise<boolean>
  stop: () => void
}

/** @param name undefined: any object of the list, for a generated name */
export async function observe(api: KubeApi, collection: string, name: string | undefined): Promise<Observer> {
  const fieldSelector = name === undefined ? '' : `&fieldSelector=metadata.name%3D${name}`
  const list = listSchema.parse(await api.send('GET', `${collection}?limit=1${fieldSelector}`))
  const before = name === undefined ? undefined : await readObject(api, `${collection}/${name}`)
  const ending = new AbortController()
  const { resourceVersion } = list.metadata
  const path = `${collection}?watch=1&resourceVersion=${resourceVersion}${fieldSelector}`
  const lines = await api.lines(path, ending.signal)
  const versions: (Body | undefined)[] = []
  const reading = (async () => {
    for await (const line of lines) {
      const { type, object } = eventSchema.parse(JSON.parse(line))
      if (type === 'ERROR') throw new ApiError(410, line)
      versions.push(type === 'DELETED' ? undefined : object)
    }
  })()
  let failed: unknown
  reading.catch((error: unknown) => (failed = error))
  return {
    before: before === undefined ? undefined : record(before),
    versions,
    until: async (isRight, ms) => {
      for (const end = Date.now() + ms; !versions.some(isRight); await delay(POLL_MS)) {
        if (failed !== undefined && !ending.signal.aborted) throw failed
        if (Date.now() > end) return false
      }
      return true
    },
    stop: () => ending.abort(),
  }
}
