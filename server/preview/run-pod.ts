import { prepared } from './context'
import type { Preparer } from './context'
import { textAt } from './fields'
import { applyManifest } from './merge'
import { note } from './note'
import type { Change } from './types'

const SERVER = 'kubernetes-mcp-server'

/** kubernetes-mcp-server's `pods_run`: a bare pod, and a Service where a port is given. */
export const preparePodsRun: Preparer = async (args, { reader }) => {
  const name = textAt(args, 'name')
  const namespace = textAt(args, 'namespace')
  const port = Number(args.port) > 0 ? Number(args.port) : undefined
  const shown = name ?? '(a random name)'
  const labels = {
    'app.kubernetes.io/component': shown,
    'app.kubernetes.io/managed-by': SERVER,
    'app.kubernetes.io/name': shown,
    'app.kubernetes.io/part-of': `${SERVER}-run-sandbox`,
  }
  const metadata = { name: shown, ...(namespace && { namespace }), labels }
  const container = { name: shown, image: args.image, ...(port && { ports: [{ containerPort: port }] }) }
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers: [container] } }
  const ports = [{ port, targetPort: port }]
  const service = { apiVersion: 'v1', kind: 'Service', metadata, spec: { ports, selector: labels, type: 'ClusterIP' } }

  const type = { apiVersion: 'v1', kind: 'Pod' }
  const live = name ? await reader.get({ type, name, ...(namespace && { namespace }) }) : undefined
  const before = live?.state === 'found' ? live.object : undefined
  const title = name ? `Pod ${name}` : 'Pod with a random name'
  const changes: Change[] = [before ? { title, before, after: applyManifest(before, pod) } : { title, after: pod }]
  if (port) changes.push({ title: name ? `Service ${name}` : 'Service', after: service })
  return prepared({
    args,
    target: title,
    namespace: namespace ?? textAt(before, 'metadata', 'namespace'),
    changes,
    notes: [
      before ? note('pod-exists', { object: title }) : undefined,
      live?.state === 'unreadable' ? live.note : undefined,
      note('pod-bare'),
      namespace || before ? undefined : note('pod-somewhere'),
    ],
  })
}
