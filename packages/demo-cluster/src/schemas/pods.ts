/** Pods and pod templates. */
import { z } from 'zod'
import { anyObject, strings } from './common'

const port = z.looseObject({
  name: z.string().optional(),
  containerPort: z
    .int()
    .min(1, 'must be between 1 and 65535, inclusive')
    .max(65535, 'must be between 1 and 65535, inclusive'),
  protocol: z.string().default('TCP'),
})

// Quantities are strings or numbers, `cpu: 1`.
const quantities = z.record(
  z.string(),
  z.union([z.string(), z.number()]).transform((value) => String(value)),
)

const container = z
  .looseObject({
    name: z.string().min(1, 'Required value'),
    image: z.string().min(1, 'Required value'),
    imagePullPolicy: z.string().optional(),
    ports: z.array(port).optional(),
    resources: z.looseObject({ requests: quantities.optional(), limits: quantities.optional() }).default(() => ({})),
    volumeMounts: z
      .array(z.looseObject({ name: z.string(), mountPath: z.string(), readOnly: z.boolean().optional() }))
      .optional(),
    terminationMessagePath: z.string().default('/dev/termination-log'),
    terminationMessagePolicy: z.string().default('File'),
  })
  .transform((given) => ({ ...given, imagePullPolicy: given.imagePullPolicy ?? pullPolicy(given.image) }))

/** The API server's default: `latest` is always pulled. */
function pullPolicy(image: string): string {
  const tag = /:([^:/@]+)(@.*)?$/.exec(image)?.[1]
  return tag === undefined || tag === 'latest' ? 'Always' : 'IfNotPresent'
}

const podSpec = z.looseObject({
  containers: z.array(container).min(1, 'Required value'),
  volumes: z.array(z.looseObject({ name: z.string() })).optional(),
  nodeName: z.string().optional(),
  nodeSelector: strings.optional(),
  hostNetwork: z.boolean().optional(),
  restartPolicy: z.string().default('Always'),
  schedulerName: z.string().default('default-scheduler'),
  serviceAccountName: z.string().optional(),
  dnsPolicy: z.string().default('ClusterFirst'),
  priorityClassName: z.string().optional(),
  securityContext: z.looseObject({}).default(() => ({})),
  terminationGracePeriodSeconds: z.number().default(30),
  tolerations: z.array(z.looseObject({})).optional(),
})

export const podTemplate = z.looseObject({
  metadata: z
    .looseObject({ labels: strings.default(() => ({})), annotations: strings.optional(), name: z.string().optional() })
    .transform(({ creationTimestamp: _, ...rest }) => rest)
    .default(() => ({ labels: {} })),
  spec: podSpec,
})

export const pod = anyObject.extend({ spec: podSpec })
