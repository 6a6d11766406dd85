/** Kinds of resources in the spellings that kubectl, an API path and a manifest have for them. */

const SHORT_NAMES = new Map(
  Object.entries({
    cm: 'configmap',
    crd: 'customresourcedefinition',
    crds: 'customresourcedefinition',
    cj: 'cronjob',
    cs: 'componentstatus',
    csr: 'certificatesigningrequest',
    deploy: 'deployment',
    ds: 'daemonset',
    ep: 'endpoint',
    ev: 'event',
    hpa: 'horizontalpodautoscaler',
    ing: 'ingress',
    limits: 'limitrange',
    netpol: 'networkpolicy',
    no: 'node',
    ns: 'namespace',
    pc: 'priorityclass',
    pdb: 'poddisruptionbudget',
    po: 'pod',
    pv: 'persistentvolume',
    pvc: 'persistentvolumeclaim',
    quota: 'resourcequota',
    rc: 'replicationcontroller',
    rs: 'replicaset',
    sa: 'serviceaccount',
    sc: 'storageclass',
    sts: 'statefulset',
    svc: 'service',
  }),
)

/** Kinds outside any namespace. */
const CLUSTER_SCOPED = new Set([
  'apiservice',
  'certificatesigningrequest',
  'clusterrole',
  'clusterrolebinding',
  'componentstatus',
  'csidriver',
  'csinode',
  'customresourcedefinition',
  'flowschema',
  'ingressclass',
  'mutatingwebhookconfiguration',
  'namespace',
  'node',
  'persistentvolume',
  'priorityclass',
  'prioritylevelconfiguration',
  'runtimeclass',
  'storageclass',
  'validatingadmissionpolicy',
  'validatingadmissionpolicybinding',
  'validatingwebhookconfiguration',
  'volumeattachment',
])

/** Objects that are credentials, or whose creation hands one out. */
const CREDENTIALS = new Set(['secret', 'tokenrequest', 'tokenreview', 'certificatesigningrequest'])

/** The kind in the singular and in lower case, without its group: `Deployments.apps` → `deployment`, `po` → `pod`. */
export function canonicalKind(kind: string): string {
  const word = kind.normalize('NFKC').trim().toLowerCase().split('.')[0] ?? ''
  const list = word.length > 4 && word.endsWith('list') ? word.slice(0, -4) : word
  return SHORT_NAMES.get(list) ?? singular(list)
}

function singular(word: string): string {
  if (/[^aeiou]ies$/.test(word)) return `${word.slice(0, -3)}y`
  if (/(?:ss|x|ch|sh|us)es$/.test(word)) return word.slice(0, -2)
  return /[^su]s$/.test(word) ? word.slice(0, -1) : word
}

/** The kinds that an argument names: `pods,secrets.v1.` → `pod`, `secret`; `secret/gateway` → `secret`, `gateway`. */
export function kindsIn(argument: string): string[] {
  return argument
    .split(/[\s,/]+/)
    .filter(Boolean)
    .map(canonicalKind)
}

export function isSecret(canonical: string): boolean {
  return canonical === 'secret'
}

/** True where making, changing or deleting such an object is not offered at all. */
export function isCredential(canonical: string): boolean {
  return CREDENTIALS.has(canonical)
}

export function isClusterScoped(canonical: string): boolean {
  return CLUSTER_SCOPED.has(canonical)
}
