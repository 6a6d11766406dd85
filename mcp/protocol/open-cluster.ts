/** Opens a session's cluster. Loaded at its first use, since the kubeconfig library loads slowly. */
import { msg } from '../../shared/messages/create'
import { sessionCredentialsSchema } from '../../shared/session-credentials'
import type { SessionCredentials } from '../../shared/session-credentials'
import { existsSync } from 'node:fs'
import { z } from 'zod'
import type { KubernetesConfig } from '../config'
import { openCluster } from '../kubernetes/cluster'
import { impersonated, tokenCredentials } from '../kubernetes/connection/credentials'
import { operatorCredentials } from '../kubernetes/connection/operator-credentials'
import type { CredentialSource } from '../kubernetes/connection/credentials'
import { KubeError } from '../kubernetes/errors/errors'
import type { ReadRules } from '../kubernetes/types'
import type { OpenCluster } from './clusters'

/** @returns the `open` function of a ClusterPool */
export function clusterOpener(config: KubernetesConfig): (credentials: unknown) => OpenCluster {
  const operator = onlyOnce(() => operatorSource(config))
  const rules: ReadRules = {
    deniedKinds: new Set(config.deniedKinds.flatMap(kindForms)),
    deniedNamespaces: new Set(config.deniedNamespaces),
  }
  return (unchecked) => {
    const credentials = checked(unchecked)
    const source = sourceOf(credentials, config, operator)
    const { namespaces: knownNamespaces, expectedUid, dryRunsOnly } = config
    const cluster = openCluster({ credentials: source, rules, knownNamespaces, expectedUid, dryRunsOnly })
    return { cluster, close: () => cluster.close() }
  }
}

function checked(credentials: unknown): SessionCredentials {
  const parsed = sessionCredentialsSchema.safeParse(credentials)
  if (parsed.success) return parsed.data
  throw new KubeError('unauthorized', msg('credentials-unknown'), {}, z.prettifyError(parsed.error))
}

function sourceOf(
  credentials: SessionCredentials,
  config: KubernetesConfig,
  operator: () => CredentialSource,
): CredentialSource {
  switch (credentials.kind) {
    case 'operator':
      return operator()
    case 'impersonation':
      return impersonated(operator(), credentials)
    case 'token': {
      const source = tokenCredentials(credentials)
      const { expectedServer: expected } = config
      // A session must not make this program send requests to another address.
      if (expected !== undefined && !isAtOrBelow(source.server, expected))
        throw new KubeError('cluster-changed', msg('server-not-expected', { expected, server: source.server }))
      return source
    }
  }
}

/** A manager of clusters has them below one URL, e.g. Rancher below `/k8s/clusters`. */
function isAtOrBelow(server: string, expected: string): boolean {
  const { href, search, hash, username } = new URL(server)
  if (search !== '' || hash !== '' || username !== '' || /%(2e|2f|5c)/i.test(server)) return false
  return server === expected || href.startsWith(`${expected}/`)
}

/** @throws KubeError `kubeconfig` */
function operatorSource({ kubeconfigs, chosen, inPod, context, expectedServer }: KubernetesConfig): CredentialSource {
  const options = { context, expectedServer }
  if (chosen || kubeconfigs.some((path) => existsSync(path)))
    return operatorCredentials({ ...options, paths: kubeconfigs })
  if (inPod) return operatorCredentials({ ...options, paths: [] })
  const path = kubeconfigs.join(', ')
  throw new KubeError('kubeconfig', msg('kubeconfig-none', { path }))
}

/** Pins the operator's context for the life of the process, even while no session uses it. */
function onlyOnce<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => (made ??= { value: make() }).value
}

/** `Secrets`, `secrets.v1` and `Secret` all become `secret`. Extra forms that match nothing are harmless. */
function kindForms(kind: string): string[] {
  const word = kind.toLowerCase().replace(/\..*$/, '').replace(/^.*\//, '')
  return [word, word.replace(/ies$/, 'y'), word.replace(/es$/, ''), word.replace(/s$/, '')]
}
