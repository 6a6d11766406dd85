/** Both clusters of the series, from the environment. */
import { randomUUID } from 'node:crypto'
import type { Env } from '../../support/app/program'
import { openSide } from './side'
import type { Side } from './side'

/** Kubeconfigs of two clusters that accept the same credentials. */
export const NEEDS = ['TEST_KUBECONFIG', 'TEST_KUBECONFIG_2'] as const

export interface Sides {
  ours: Side
  theirs: Side
  remove: () => Promise<void>
}

/**
 * Creates a namespace in each.
 * @throws Error if both kubeconfigs name the same cluster
 */
export async function openSides(env: Env): Promise<Sides> {
  const id = randomUUID().slice(0, 8)
  const namespace = `assistant-identity-${id}`
  const { TEST_CLIENT_CA: cert, TEST_CLIENT_CA_KEY: key } = env
  const clientCa = cert && key ? { cert, key } : undefined
  const ours = await openSide({ kubeconfig: env[NEEDS[0]] ?? '', namespace, marker: `ours-${id}`, clientCa })
  try {
    const theirs = await openSide({ kubeconfig: env[NEEDS[1]] ?? '', namespace, marker: `theirs-${id}` })
    const remove = async () => {
      await Promise.all([ours.remove(), theirs.remove()])
    }
    if (ours.uid !== theirs.uid) return { ours, theirs, remove }
    await remove()
    throw new Error(`${NEEDS.join(' and ')} name the same cluster`)
  } catch (error) {
    await ours.remove()
    throw error
  }
}
