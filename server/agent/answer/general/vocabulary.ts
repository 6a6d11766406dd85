/** Words that name a concept of Kubernetes and no object of a cluster. */
import { BUILT_IN_KINDS } from '#shared/kubernetes/built-in-kinds'

const COMPONENTS =
  'kubernetes k8s kubectl kubelet kubeconfig kubeadm kube-proxy kube-apiserver kube-scheduler etcd coredns helm kustomize docker containerd cri cni csi crd crds rbac api dns gitops linux yaml json git'
const CONCEPTS =
  'container persistent image registry volume label annotation selector taint toleration affinity probe readiness liveness startup request limit quota replica rollout rollback chart release sidecar operator controller scheduler webhook manifest context headless static init finalizer eviction autoscaler gateway mesh port update resource storage memory cpu network traffic security'

const kinds = BUILT_IN_KINDS.map(({ kind, plural }) => ({ singular: kind.toLowerCase(), plural }))
const withPlural = (word: string) => [word, `${word}s`]
const longestFirst = (words: string[]) => words.sort((one, other) => other.length - one.length).join('|')

const KNOWN = longestFirst([
  ...kinds.flatMap(({ singular, plural }) => [singular, plural]),
  ...COMPONENTS.split(' '),
  ...CONCEPTS.split(' ').flatMap(withPlural),
])

/** As part of a regular expression. Object names have no capital (RFC 1123), so a word with one is a concept too. */
export const CONCEPT = `(?:${KNOWN}|(?!I\\b)\\w*[A-Z]\\w*)`

/** Objects that a cluster has. With `the` they are those of this cluster. */
export const OBJECT = `(?:${longestFirst([
  ...kinds
    .flatMap(({ singular, plural }) => [singular, plural])
    .filter((word) => word !== 'namespace' && word !== 'role'),
  ...['cluster', 'log', 'image', 'app', 'application', 'database', 'workload', 'release'].flatMap(withPlural),
])})`

/** `worker-1`, `web-7f9c`, `kube-system`, `shop/web` */
export const NAME = `\\b(?!${COMPONENTS.match(/kube-\w+/g)?.join('\\b|')}\\b)(?:[a-z0-9]+-[a-z0-9-]*\\d[a-z0-9]*|kube-\\w+|[a-z0-9-]{2,}/[a-z0-9-]{2,})\\b`

/** Words about how a cluster is; Vietnamese ones with and without accents. */
const STATES =
  'up running healthy unhealthy wrong broken failing slow down stuck pending status problem problems issue issues error errors warning warnings worried unusual overview busy everything anything|ổn|khỏe|lỗi|hỏng|chậm|treo|sự cố|vấn đề|cảnh báo|bất thường|tình hình|lo lắng|tổng quan|cụm|hệ thống|mọi thứ|loi|su co|cum|tinh hinh'.replaceAll(
    ' ',
    '|',
  )

/** Names something of a cluster: a kind, a component, an object, a state. */
export const NAMED = new RegExp(
  `(?<![\\p{L}\\d])(?:${KNOWN}|${OBJECT}|${STATES})(?![\\p{L}\\d])|${NAME}|\\w+-\\w+`,
  'iu',
)
