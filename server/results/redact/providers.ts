/** Redacts keys of well-known providers by their own shape. */
import { REDACTED } from './marker'
import { Splice } from './splice'

/**
 * Prefixes that nothing else begins with. Lower-case names with dashes, as Kubernetes has them, never match: where a
 * prefix could begin one, a capital is asked for.
 */
export const PROVIDER_SHAPES = [
  // Forges and registries
  'gh[pousr]_[A-Za-z0-9]{30,255}',
  'github_pat_[A-Za-z0-9_]{22,255}',
  'gl(?:pat|dt|rt|ptt|ft|imt|agent|soat|cbt|ffct)-[A-Za-z0-9_-]{20,255}',
  'npm_[A-Za-z0-9]{36}',
  'dckr_(?:pat|oat)_[A-Za-z0-9_-]{20,255}',
  'pypi-AgE[A-Za-z0-9_-]{20,255}',
  'AT[AC]TT3x[A-Za-z0-9_=-]{20,255}',
  // Clouds
  '(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Z0-9])',
  'AIza[A-Za-z0-9_-]{35}',
  'ya29\\.[A-Za-z0-9_-]{20,1024}',
  'do[opr]_v1_[a-f0-9]{40,64}',
  'k8s-aws-v1\\.[A-Za-z0-9_-]{20,2048}',
  // Payment, mail, chat, models, secrets, networks
  '[sr]k_(?:live|test)_[A-Za-z0-9]{10,255}',
  '[sr]k-(?:live|test|proj|ant|or|svcacct|admin)-(?=[A-Za-z0-9_-]{0,255}[A-Z])[A-Za-z0-9_-]{8,255}',
  '\\bsk-[A-Za-z0-9]{32,255}',
  'whsec_[A-Za-z0-9+/=]{16,255}',
  'SG\\.[A-Za-z0-9_-]{16,64}\\.[A-Za-z0-9_-]{32,64}',
  'xox[abeprs]-[0-9][A-Za-z0-9-]{10,255}',
  'xapp-[0-9]-[A-Za-z0-9-]{10,255}',
  'hf_[A-Za-z0-9]{30,64}',
  'hv[bsr]\\.[A-Za-z0-9_-]{20,255}',
  'dp\\.(?:pt|st|ct|sa|scim|audit)\\.[A-Za-z0-9]{40,44}',
  'tskey-[a-z]{3,12}-[A-Za-z0-9]{6,32}(?:-[A-Za-z0-9]{8,64})?(?<=[A-Z][A-Za-z0-9-]{0,80})',
  'shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}',
  'lin_api_[A-Za-z0-9]{16,64}',
  'gls[ac]_[A-Za-z0-9_+/=]{20,255}',
  'NRAK-[A-Z0-9]{20,32}',
  'AGE-SECRET-KEY-1[A-Z0-9]{40,64}',
  // OpenShift
  'sha256~[A-Za-z0-9_-]{43}',
  // Hashes of passwords: bcrypt, apr1, crypt
  '\\$2[abxy]\\$\\d\\d\\$[./A-Za-z0-9]{53}',
  '\\$(?:apr1|[156])\\$(?:rounds=\\d{1,9}\\$)?[./A-Za-z0-9]{1,16}\\$[./A-Za-z0-9]{22,86}',
]
const providers = new RegExp(PROVIDER_SHAPES.join('|'), 'g')

/** What has its mark in the middle. The name before it goes too, though it is no secret: it says where the key fits. */
const marked: [mark: RegExp, before: RegExp][] = [
  // Rancher: an alphabet without vowels
  [/:[bcdfghjklmnpqrstvwxz2-9]{54}(?![a-z0-9])/g, /[a-z0-9][a-z0-9-]{4,63}$/],
  // Azure AD
  [/8Q~[A-Za-z0-9_~.-]{31,34}/g, /[A-Za-z0-9_~.]{3}$/],
  // Telegram
  [/:AA[A-Za-z0-9_-]{32,35}/g, /\b\d{8,10}$/],
]

/** A URL that is itself the key to a room; its host stays. */
const hook =
  /(\bhttps?:\/\/(?:hooks\.slack\.com\/(?:services|workflows)|(?:canary\.|ptb\.)?discord(?:app)?\.com\/api\/webhooks|[\w.-]{1,128}\.webhook\.office\.com\/webhookb2|api\.telegram\.org\/bot)\/?)[^\s"'<>`\\]{8,512}/g

/** Signatures of URLs that let in whoever has them: of Azure, AWS and Google. */
const signature = /([?&;](?:sig|X-Amz-Signature|X-Goog-Signature|Signature)=)[^\s"'<>`\\&;]{8,1024}/gi

export function redactProviders(text: string): string {
  return marked
    .reduce((rest, [mark, before]) => redactMarked(rest, mark, before), text)
    .replace(providers, REDACTED)
    .replace(hook, `$1${REDACTED}`)
    .replace(signature, `$1${REDACTED}`)
}

function redactMarked(text: string, mark: RegExp, before: RegExp): string {
  const out = new Splice(text)
  for (const match of text.matchAll(mark)) {
    const name = before.exec(text.slice(Math.max(0, match.index - 64), match.index))
    if (name) out.replace(match.index - name[0].length, match.index + match[0].length, REDACTED)
  }
  return out.toString()
}
