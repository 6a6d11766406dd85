import { prepared } from './context'
import type { Preparer } from './context'
import { textAt } from './fields'
import type { Change } from './types'

/** kubernetes-mcp-server's `pods_run`: a bare pod, and a Service where a port is given. */
export const preparePodsRun: Preparer = async (args, { reader }) => {
  const name = textAt(args, 'name')
  const namespace = textAt(args, 'namespace')
  const image = textAt(args, 'image') ?? ''
  const title = name ? `Pod ${name}` : 'Pod with a random name'
  const port = Number(args.port)
  const ports = port > 0 ? { ports: [{ containerPort: port }] } : {}
  const metadata = { ...(name && { name }), ...(namespace && { namespace }) }
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata,
    spec: { containers: [{ ...(name && { name }), image, ...ports }] },
  }
  const service = { apiVersion: 'v1', kind: 'Service', metadata, spec: { ports: [{ port, targetPort: port }] } }
  const changes: Change[] = [
    { title, after: pod },
    ...(port > 0 ? [{ title: name ? `Service ${name}` : 'Service', after: service }] : []),
  ]
  const live = name
    ? await reader.get({ type: { apiVersion: 'v1', kind: 'Pod' }, name, ...(namespace && { namespace }) })
    : undefined
  return prepared({
    args,
    target: title,
    namespace: namespace ?? (live?.state === 'found' ? textAt(live.object, 'metadata', 'namespace') : undefined),
    changes,
    notes: [
      live?.state === 'found' ? `${title} exists already: it will be changed to this image.` : undefined,
      'Nothing starts this pod again when it ends or its node fails.',
    ],
  })
}
