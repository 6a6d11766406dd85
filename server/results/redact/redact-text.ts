import { redactDescribed, redactKeyed, redactNamedValues } from './keyed'
import { redactLastApplied } from './last-applied'
import { redactPem } from './pem'
import { redactSecretJson } from './secret-json'
import { redactSecretYaml } from './secret-yaml'
import { redactTokens } from './tokens'
import { redactUrlCredentials } from './url-credentials'

/** One pass that says whether any of the others could find something: nearly all cells and most lines hold nothing. */
const suspicious =
  /passw|passphrase|token|key|secret|x-mcp-auth|authorization|bearer|cookie|last-applied|:\/\/|@(?:tcp|unix)\(|-----|eyJ|ZXlK|LS0tLS1|gh[pousr]_|github_pat|glpat|xox|AKIA|ASIA|AIza|[sr]k_|hvs\.|npm_/i

/**
 * Returns the text without credentials: values of Secrets (their keys and sizes stay), the annotation
 * `kubectl.kubernetes.io/last-applied-configuration`, bearer tokens, JWTs, PEM blocks, a kubeconfig's credentials,
 * credentials in URLs, and the values of keys that promise one (`password`, `token`, `apiKey`, …), in YAML, JSON,
 * kubectl's tables and descriptions, and logs. Takes any text, never throws, takes time linear in its length, and
 * leaves what it has redacted once as it is. Invisible characters hide a secret from it: call sanitizeText first.
 */
export function redactText(text: string): string {
  if (!suspicious.test(text)) return text
  const manifests = redactSecretJson(redactSecretYaml(redactLastApplied(text)))
  const keyed = redactDescribed(redactNamedValues(redactKeyed(redactPem(manifests))))
  return redactTokens(redactUrlCredentials(keyed))
}
