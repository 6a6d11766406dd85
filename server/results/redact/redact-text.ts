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

/** One pass that says whether any of the others could find something: nearly all cells and most lines hold nothing. */
const suspicious =
  /pass|pwd|mysql|mariadb|redis-cli|valkey-cli|keydb-cli|curl|wget|skopeo|helm|jdbc:|token|key|secret|auth|credential|bearer|cookie|last-applied|:\/\/|@(?:tcp|unix)\(|-----|eyJ|ZXlK|LS0tLS1|H4sI|SDRz|gh[pousr]_|github_pat|gl[a-z]{2,5}-|xox|xapp|AKIA|ASIA|AIza|[sr]k[_-]|hv[bsr]\.|npm_|dckr_|pypi-|AT[AC]TT|ya29|do[opr]_v1|k8s-aws|8Q~|whsec|SG\.|hf_|dp\.|shp[acs]|lin_api|gls[ac]_|NRAK|:AA|sha256~|\$2|\$apr1|\$[156]\$|:[bcdfghjklmnpqrstvwxz2-9]{54}/i

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
  if (!suspicious.test(text)) return text
  const manifests = redactSecretJson(redactSecretYaml(redactLastApplied(text)))
  const keyed = redactDescribed(redactNamedValues(redactKeyed(redactPem(manifests))))
  return redactTokens(redactUrlCredentials(redactProse(redactCommands(keyed))))
}
