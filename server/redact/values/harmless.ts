/** Harmless values under a credential's name. */

const LONGEST = 400

/** Nothing, types of a schema, what logs say of a credential in place of its value, and words of code. */
const words = new Set(
  'null nil none true false yes no on off undefined unset empty default await async new function lambda self this return typeof nullptr oauth2 string str text integer int number boolean bool object array required optional enabled disabled auto generated random hidden masked redacted filtered removed encrypted protected secure missing invalid expired wrong incorrect mismatch unauthorized forbidden denied rejected refused revoked valid failed failure fail success succeeded ok okay error found updated created changed rotated renewed refreshed loaded accepted verified issued unknown absent present set used needed malformed granted basic bearer oauth jwt opaque plain x509 ldap oidc saml kerberos sasl scram md5 gssapi rbac webhook node prompt'.split(
    ' ',
  ),
)
/** The same, written with signs; and what follows a path in a log. */
const nothing = /^(?:|~|n\/a|\{\}|\[\]|""|''|\|[+-]?|>[+-]?|HTTP\/\d(?:\.\d)?)$/i

/** `<set by operator>`, `14 bytes`, `***`, `xxxx`, `(hidden)`, `REPLACE_ME`. */
const placeholder =
  /^(?:<[^<>]*>(?:\s.*)?|\d+ bytes|[*•●.…x_-]{3,}|\[\]|\(?(?:hidden|redacted|masked|sensitive[ \w]*|known after apply|none|empty|not set|unset)\)?|\*{3,}.{0,3}|\[?REDACTED\]?|(?:%s|%v|%q|%d|\?|:\w{1,40}|\{\}|\{\w{0,60}\}))$/i

/** `[FILTERED]`, `[your password]`: only around words of this kind, since a list of credentials has brackets too. */
const bracketed =
  /^\[(?=[^\]]{0,60}(?:filter|redact|hid|mask|remov|omit|scrub|secret|passw|token|key|credential|protect|encrypt|sensitive|private|confidential|none|null|empty|your|object|circular|\*{3}|\.{3}|…))[a-z _:.*…-]{1,60}\]$/i

/** `your-password-here`, `YOUR_API_KEY`, `replace-with-your-secret`, `REPLACE_ME`. */
const asking =
  /^(?:(?:your|replace|insert|enter|put)[-_ ](?:[a-z]{1,20}[-_ ]){0,5}(?:passw(?:or)?d|pass|passphrase|passcode|pwd|pw|secret|token|key|apikey|credentials?|value|here)|(?:replace|insert)[-_ ]?(?:me|this|it))$/i

/** Templates: `$(DB_PASSWORD)`, `${TOKEN:-}`, `{{ .Values.x }}`, `$VAR`, `%(x)s`, `process.env.X`, `<%= x %>`. */
const template =
  /^(?:\$\{[^}]*\}?|\$\([^)]*\)?|\$\{\{.*|\{\{.*|\{%.*|<%.*|\$[A-Z_][A-Z0-9_]*|\$[a-z_][a-z0-9_]*|%[A-Z_]+%|%\(\w+\)s|#\{[^}]*\}?|@@\w+@@|__\w+__|process\.env\b.*|os\.(?:environ|getenv)\b.*|env(?:iron)?[.[(].*|getenv\(.*|System\.getenv.*|lookup\(.*|(?:var|local|data|module|each|self|random_password|aws_\w+|vault_\w+)\.[\w.[\]"*-]+|file\(.*|(?:include|tpl|required|toYaml|default)\b \.?["'.].*|\.Values\..*)$/

/** Code that gets one: `getToken()`, `await`, `user.password`. */
const code =
  /^(?:[a-z][a-z_.>-]{3,80}\((?:\)?;?|["'][^"']{0,80}["'][^()]{0,80}\)?;?)$|(?:[a-z_$][\w$]{0,40}\.){1,5}\w{0,30}(?:password|passwd|token|secret|key|pass|pwd|credentials?)$)/i

/** References to a credential's location. */
const reference =
  /^(?:(?:vault|secretref|secret|ref\+\w+|op|awssm|aws-sm|gcp-sm|gcpsm|azkv|akv|ssm|sm|keyvault|env|file|bao|conjur|k8s|kubernetes|bws|doppler|infisical|akeyless):(?:\/\/)?[\w./@#?=&:{}$-]{1,300}|arn:aws[\w-]*:(?:secretsmanager|ssm|kms|iam)[\w:/+=,.@-]*|@Microsoft\.KeyVault\(.*|projects\/[\w-]+\/secrets\/.*|ENC\[[A-Z0-9_]+(?:,.*)?|ENC\(.*\)|!(?:vault|secret|env|include|reference)\b.*|%env\(.*|\$ANSIBLE_VAULT;.*)$/i

/** A file or folder in which a credential is mounted. */
const path =
  /^(?:file:(?:\/\/)?|@)?(?:~|\.{1,2}|\$\{?HOME\}?|[A-Za-z]:)?[/\\](?:var|run|etc|tmp|home|mnt|secrets?|vault|opt|usr|root|app|apps|data|config|srv|dev|proc|workspace|builds?|bitnami|certs?|tls|ssl|keys?|credentials|auth|token|passwords?|v\d|api|[\w.-]{1,40}\/[\w.-]{1,60}(?:\/|$)|[\w-]{1,40}\.\w{1,6}$)(?:[/\\][\w.@~-]+)*\/?$/

/** A bare file name. */
const file =
  /^[\w-][\w.-]{0,80}\.(?:txt|json|ya?ml|pem|crt|cer|key|conf|cfg|env|jks|p12|pfx|keystore|htpasswd|csv|kubeconfig|properties|ini|toml|gpg|asc|b64)$/

/**
 * A SealedSecret's value, which only a controller can decrypt: it starts with the length of an encrypted 4096-bit RSA
 * key.
 */
const sealed = /^Ag[A-D][A-Za-z0-9+/]{97,}={0,2}$/

/** A public key of SSH: `ssh-ed25519 AAAA… user@host`. */
const sshPublic =
  /^(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-nistp\d{3}|sk-[a-z\d-]{11,25}@openssh\.com) AAAA[A-Za-z0-9+/]{40,8000}={0,2}(?: [\w.@-]{1,100})?$/

/** True for a marker, a placeholder, a template, a reference, a path, or nothing. */
export function isHarmless(value: string): boolean {
  if (value.length >= LONGEST) return isSealed(value) || sshPublic.test(value)
  if (isAlphanumeric(value))
    return value.length < 16
      ? words.has(value.toLowerCase()) || /^x{3,}$/i.test(value)
      : value.length >= 100 && sealed.test(value)
  const end = value.length - 1
  if (end < 16 && /[.,;:!?]/.test(value[end] ?? '') && words.has(value.slice(0, end).toLowerCase())) return true
  return (
    nothing.test(value) ||
    placeholder.test(value) ||
    bracketed.test(value) ||
    asking.test(value) ||
    template.test(value) ||
    reference.test(value) ||
    code.test(value) ||
    path.test(value) ||
    file.test(value) ||
    sshPublic.test(value) ||
    (value.length >= 100 && sealed.test(value))
  )
}

/** So are most credentials: for them no expression has to be tried. */
function isAlphanumeric(value: string): boolean {
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at) | 32
    if (!((code >= 97 && code <= 122) || (code >= 48 && code <= 57 && value.charCodeAt(at) < 58))) return false
  }
  return value !== ''
}

/** A value in `encryptedData` of a SealedSecret. */
function isSealed(value: string): boolean {
  return value.startsWith('Ag') && value.length < 20_000 && /^Ag[A-D][A-Za-z0-9+/\s]*={0,2}$/.test(value)
}
