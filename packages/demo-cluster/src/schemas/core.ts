/** Configuration, Services, Namespaces and other writable platform objects. */
import { z } from 'zod'
import { anyObject, intOrString, strings } from './common'

const base64 = z.record(z.string(), z.base64('must be base64'))

export const configMap = anyObject.extend({ data: strings.optional(), binaryData: base64.optional() })

/** Plain values arrive in `stringData` and are stored in base64 like the others. */
export const secret = anyObject
  .extend({ type: z.string().default('Opaque'), data: base64.optional(), stringData: strings.optional() })
  .transform(({ stringData, data, ...rest }) => {
    const encoded = Object.entries(stringData ?? {}).map(([key, value]) => [key, Buffer.from(value).toString('base64')])
    const all: Record<string, string> = { ...data, ...Object.fromEntries(encoded) }
    return { ...rest, ...((data ?? stringData) && { data: all }) }
  })

export const serviceAccount = anyObject.extend({ secrets: z.array(z.looseObject({ name: z.string() })).optional() })

export const namespace = anyObject.extend({
  spec: z
    .looseObject({ finalizers: z.array(z.string()).default(() => ['kubernetes']) })
    .default(() => ({ finalizers: ['kubernetes'] })),
  status: z.object({ phase: z.string() }).default(() => ({ phase: 'Active' })),
})

const WRONG_PORT = 'must be between 1 and 65535, inclusive'

const servicePort = z
  .looseObject({
    name: z.string().optional(),
    port: z.int().min(1, WRONG_PORT).max(65535, WRONG_PORT),
    targetPort: intOrString.optional(),
    nodePort: z.int().optional(),
    protocol: z.string().default('TCP'),
  })
  .transform((given) => ({ ...given, targetPort: given.targetPort ?? given.port }))

export const service = anyObject.extend({
  spec: z.looseObject({
    type: z.enum(['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName']).default('ClusterIP'),
    clusterIP: z.string().default(''),
    clusterIPs: z.array(z.string()).default(() => []),
    selector: strings.optional(),
    ports: z.array(servicePort).default(() => []),
    sessionAffinity: z.string().default('None'),
    internalTrafficPolicy: z.string().default('Cluster'),
    ipFamilies: z.array(z.string()).default(() => ['IPv4']),
    ipFamilyPolicy: z.string().default('SingleStack'),
  }),
  status: z
    .object({ loadBalancer: z.object({ ingress: z.array(z.object({ ip: z.string() })).optional() }) })
    .default(() => ({ loadBalancer: {} })),
})

/** Labels, taints and schedulability; the kubelet owns the status. */
export const node = anyObject.extend({
  spec: z.looseObject({
    podCIDR: z.string(),
    podCIDRs: z.array(z.string()),
    providerID: z.string(),
    taints: z.array(z.looseObject({ key: z.string(), effect: z.string() })).optional(),
    unschedulable: z.boolean().optional(),
  }),
})

export const claim = anyObject.extend({
  spec: z.looseObject({
    accessModes: z.array(z.string()).min(1, 'Required value'),
    storageClassName: z.string().default('standard'),
    volumeName: z.string().default(''),
    volumeMode: z.string().default('Filesystem'),
    resources: z.looseObject({ requests: strings }),
  }),
  status: z
    .looseObject({ phase: z.string(), accessModes: z.array(z.string()), capacity: strings })
    .default(() => ({ phase: 'Pending', accessModes: [], capacity: {} })),
})

export const ingress = anyObject.extend({
  spec: z.looseObject({
    ingressClassName: z.string().default('nginx'),
    rules: z.array(z.looseObject({ host: z.string().default('*'), http: z.json().optional() })).default(() => []),
  }),
  status: z
    .object({ loadBalancer: z.object({ ingress: z.array(z.object({ ip: z.string() })).optional() }) })
    .default(() => ({ loadBalancer: {} })),
})

export const storageClass = anyObject.extend({
  provisioner: z.string(),
  reclaimPolicy: z.string().default('Delete'),
  volumeBindingMode: z.string().default('Immediate'),
})
