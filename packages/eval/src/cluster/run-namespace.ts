/** The namespace of one run: created with its manifests, removed with all that the run made. */
import { setTimeout as delay } from 'node:timers/promises'
import { parseAllDocuments } from 'yaml'
import type { Task } from '../task/schema'
import { holds } from './check'
import { objectSchema } from './objects'
import type { Objects } from './objects'

const NAMESPACE = { apiVersion: 'v1', kind: 'Namespace', namespace: '' }

/** How long the objects of a set-up may take to reach their states. */
const READY_MS = 90_000
const POLL_MS = 250

/** The manifests could not be applied, or their objects did not reach the states that the task waits for. */
export class SetupError extends Error {}

/**
 * Creates the namespace and its objects, and waits until they are as the task needs them.
 * @throws SetupError
 */
export async function setUp(task: Task, namespace: string, objects: Objects): Promise<void> {
  try {
    await objects.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }, namespace)
    for (const document of parseAllDocuments(task.setup)) {
      const value: unknown = document.toJS()
      if (value !== null) await objects.create(objectSchema.parse(value), namespace)
    }
  } catch (error) {
    throw new SetupError(`the set-up failed: ${error instanceof Error ? error.message : String(error)}`)
  }
  const deadline = Date.now() + READY_MS
  for (const check of task.ready) {
    for (
      let state = await holds(check, namespace, objects);
      !state.holds;
      state = await holds(check, namespace, objects)
    ) {
      if (Date.now() > deadline) throw new SetupError(`after ${READY_MS / 1000} s: ${state.detail}`)
      await delay(POLL_MS)
    }
  }
}

/** Removes the namespace, and others of the run whose names begin with its name. */
export async function tearDown(namespace: string, objects: Objects): Promise<void> {
  const all = await objects.list(NAMESPACE)
  for (const { metadata } of all) if (isOfRun(metadata.name, namespace)) await objects.remove(NAMESPACE, metadata.name)
}

/** @param name of a namespace or cluster-scoped object */
export function isOfRun(name: string, namespace: string): boolean {
  return name === namespace || name.startsWith(`${namespace}-`)
}
