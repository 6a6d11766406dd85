import { redactBase64 } from './base64'
import { redactCommands } from './commands'
import { redactKeyed } from './keyed'
import { redactLastApplied } from './last-applied'
import { redactDescribed, redactNamedValues } from './named-values'
import { redactPem } from './pem'
import { redactProse } from './prose'
import { redactSecretJson } from './secret-json'
import { redactSecretYaml } from './secret-yaml'
import { redactTokens } from './tokens'
import { redactUrlCredentials } from './url-credentials'

/**
 * What each of the passes below needs to find something, at least. A test tries every known shape against it: a shape that
 * is missing here is not looked for at all.
 */
const HINTS = [
  // Names of keys and headers
  'pass|pwd|token|key|secret|auth|credential|bearer|cookie|certificate-data|last-applied',
  // Commands whose options hold a password
  '\\s-u|--user|--creds|mysql|mariadb|redis-cli|valkey-cli|keydb-cli',
  // URLs and data source names
  ':\\/\\/|jdbc:|@(?:tcp|unix)\\(|[?&;](?:[\\w-]{1,16}-)?sig(?:nature)?=',
  // PEM, JWT and gzip, also in base64
  '-----|eyJ|ZXlK|LS0tLS1|H4sI|SDRz',
  // Providers
  'gh[pousr]_|github_pat|gl[a-z]{2,5}-|xox|xapp|AKIA|ASIA|AIza|[sr]k[_-]|hv[bsr]\\.|npm_|dckr_|pypi-|AT[AC]TT|ya29',
  'do[opr]_v1|k8s-aws|8Q~|whsec|SG\\.|hf_|dp\\.|shp[acps]|lin_api|gls[ac]_|NRAK|:AA|sha256~',
  ':[bcdfghjklmnpqrstvwxz2-9]{54}',
  // Hashes of passwords
  '\\$2|\\$apr1|\\$[156]\\$',
]
const hints = new RegExp(HINTS.join('|'), 'i')

/** False if no pass can find anything in the text: nearly all cells and most lines. One expression is cheaper than all. */
export function mayHoldCredential(text: string): boolean {
  return hints.test(text)
}

/**
 * Returns the text without credentials: values of Secrets (their keys and sizes stay), the annotation
 * `kubectl.kubernetes.io/last-applied-configuration`, bearer tokens, JWTs, PEM blocks, a kubeconfig's credentials,
 * credentials in URLs and commands, and the values of keys that promise one (`password`, `token`, `apiKey`, …), in YAML,
 * JSON, kubectl's tables and descriptions, and logs; and base64 of all these. Takes any text, never throws, takes time
 * linear in its length, and leaves what it has redacted once as it is. Invisible characters hide a secret from it: call
 * sanitizeText first.
 */
export function redactText(text: string): string {
  return redactBase64(redactPlain(text), redactPlain)
}

function redactPlain(text: string): string {
  return mayHoldCredential(text) ? redactWithoutHints(text) : text
}

/** All passes, whatever the hints say. Base64 is not looked into. */
export function redactWithoutHints(text: string): string {
  const manifests = redactSecretJson(redactSecretYaml(redactLastApplied(text)))
  const keyed = redactDescribed(redactNamedValues(redactKeyed(redactPem(manifests))))
  return redactTokens(redactUrlCredentials(redactProse(redactCommands(keyed))))
}
