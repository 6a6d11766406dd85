/**
 * Names of the variables that child processes receive: MCP servers, their kubeconfigs' login programs, and helm. No
 * others are passed on, and never our own secrets.
 */
import { COMMA, list } from './types'

/** A name, or a prefix ending in `*`. */
const NAME = /^[A-Za-z_][A-Za-z0-9_]*\*?$/

export interface NameGroup {
  title: string
  names: readonly string[]
}

const PROXIES = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'ALL_PROXY'].flatMap((name) => [name, name.toLowerCase()])
const CERTIFICATES = ['SSL_CERT_FILE', 'SSL_CERT_DIR']

export const childNames: readonly NameGroup[] = [
  {
    title: 'The system',
    names: [
      ...['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'TERM', 'LANG', 'LANGUAGE', 'LC_*', 'TZ'],
      ...['TMPDIR', 'TMP', 'TEMP', 'XDG_*', 'LD_LIBRARY_PATH'],
    ],
  },
  {
    title: 'The system, on Windows',
    names: [
      ...['Path', 'PATHEXT', 'SystemRoot', 'SYSTEMROOT', 'SystemDrive', 'SYSTEMDRIVE', 'windir', 'ComSpec', 'COMSPEC'],
      ...['USERPROFILE', 'USERNAME', 'USERDOMAIN', 'HOMEDRIVE', 'HOMEPATH', 'APPDATA', 'LOCALAPPDATA'],
      ...['ProgramData', 'PROGRAMDATA', 'ProgramFiles', 'PROGRAMFILES', 'PROCESSOR_ARCHITECTURE'],
    ],
  },
  { title: 'Proxies', names: PROXIES },
  {
    title: 'Certificate authorities',
    names: [...CERTIFICATES, 'NODE_EXTRA_CA_CERTS', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE'],
  },
  {
    title: 'Programs that start servers (node, npx, docker)',
    names: [
      ...['NODE_OPTIONS', 'NODE_USE_SYSTEM_CA', 'NODE_USE_ENV_PROXY', 'NODE_TLS_REJECT_UNAUTHORIZED'],
      ...['NODE_COMPILE_CACHE', 'NODE_V8_COVERAGE', 'npm_config_registry', 'npm_config_cache', 'npm_config_prefix'],
      ...['npm_config_userconfig', 'npm_config_offline', 'DOCKER_HOST', 'DOCKER_CONTEXT', 'DOCKER_CONFIG'],
    ],
  },
  {
    title: 'kubectl, Helm and their plugins',
    names: ['KUBE*', 'K8S_*', 'KREW_ROOT', 'HELM_*'],
  },
  {
    title: 'mcp-server-kubernetes',
    names: [
      ...['ALLOWED_TOOLS', 'ALLOW_ONLY_READONLY_TOOLS', 'ALLOW_ONLY_NON_DESTRUCTIVE_TOOLS'],
      ...['ALLOW_KUBECTL_UNSAFE_FLAGS', 'MASK_SECRETS', 'SPAWN_MAX_BUFFER'],
    ],
  },
  {
    title: 'Login programs of kubeconfigs',
    names: [
      ...['AWS_*', 'AZURE_*', 'AAD_*', 'ARM_*', 'MSI_*', 'IDENTITY_*', 'GOOGLE_*', 'GCE_*', 'GCLOUD_*', 'CLOUDSDK_*'],
      ...['USE_GKE_GCLOUD_AUTH_PLUGIN', 'OCI_*', 'DIGITALOCEAN_*', 'ALIBABA_CLOUD_*', 'ALIBABACLOUD_*', 'IBMCLOUD_*'],
      ...['TENCENTCLOUD_*', 'LINODE_*', 'SCW_*', 'OS_*', 'VAULT_*', 'TELEPORT_*', 'RANCHER_*', 'KRB5*', 'GNUPGHOME'],
      ...['SSH_AUTH_SOCK', 'DBUS_SESSION_BUS_ADDRESS', 'DISPLAY', 'WAYLAND_DISPLAY', 'XAUTHORITY', 'BROWSER'],
    ],
  },
]

/** For helm to reach chart sources. Its kubeconfig already holds the cluster credentials. */
export const helmNames: readonly string[] = [
  ...['PATH', 'LANG', 'TZ'],
  ...PROXIES.filter((name) => !/^all_/i.test(name)),
  ...CERTIFICATES,
  // Chart registry logins, as written by `helm registry login`.
  ...['HELM_REGISTRY_CONFIG', 'DOCKER_CONFIG'],
]

/** `MCP_SERVER_ENV`. */
export const childEnvNames = list(COMMA, (entry) => NAME.test(entry), 'is neither the name of a variable nor NAME_*')

/** @returns whether the name matches one of the names or prefixes */
export function isNamed(name: string, names: readonly string[]): boolean {
  return names.some((each) => (each.endsWith('*') ? name.startsWith(each.slice(0, -1)) : name === each))
}
