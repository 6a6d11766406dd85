import type { Detector } from '../../detector'
import { charSet, skipBack } from '../../text/chars'
import { changes, isEncodedText } from '../../values/generated'
import { isHarmless } from '../../values/harmless'

const SHORTEST = 20
const LONGEST = 128
/** Minimum length without a name beside the value. */
const SHORTEST_BARE = 32
const nameChars = charSet(/[A-Za-z0-9_./-]/)

/** Names of long random values that are not secret. */
const benign =
  /(?:^|[^a-z])(?:ids?|uids?|guid|uuid|[a-z]*ids?|request|req|trace|span|correlation|etag|e-?tag|versions?|hash|h1|sha\d*|digest|checksum|sum|integrity|md5|crc\w*|commit|revision|rev|refs?|serial|fingerprint|thumbprint|names?|images?|tags?|paths?|urls?|uri|hosts?|hostname|node|pod|container|job|nonce|cursor|continue|generation|resource|kid|thread|build|files?|filename|class|cert\w*|crt|ca|bundle|public|pub|modulus|icon|logo|avatar|svg|font|payload|body|content|description|message|msg|schema|template|jwks?|x5[ct]|cid|oid|tenant|account|arn|owner|user|email|subject|issuer|location|bucket|object|etags?|instance|machine|device|order|invoice|event|topic|queue|partition|offset|lease|holder|holderidentity|block|chunk|segment|shard|snapshot|volume|disk|image|layer|module|package|dependency|resolved|x|y|n|e|alg|kty|sealed|encrypteddata|ciphertext|encrypted|signature|sig|state|scope|cache|asset|bundle|manifest|source|map|css|js|styles?)$/i

/** Values that only a generator writes, under any name: in settings, variables and logs. */
export const generated: Detector = {
  name: 'generated',
  trigger: { kind: 'run', length: SHORTEST },
  redact(text, { start, end }, out) {
    const length = end - start
    if (length > LONGEST || !isRandom(text, start, end)) return end
    const context = contextOf(text, start)
    if (context === undefined || (context === '' && length < SHORTEST_BARE) || isBenign(context)) return end
    // The name of a host, a file or a class.
    if (/[.@:]/.test(text[end] ?? '') && /[\w/]/.test(text[end + 1] ?? '')) return end
    const value = text.slice(start, end)
    if (value.startsWith('/')) return end
    if (isHarmless(value) || isKnownStart(value) || isEncodedText(value)) return end
    let last = end
    while (last - end < 2 && text[last] === '=') last++
    out.add(start, last)
    return last
  },
  samples: {
    gone: [
      ['302 /cb#code=zQ8kZ8UvpCfb7QTzxOQP&state=ok', 'zQ8kZ8UvpCfb7QTzxOQP'],
      ['data:\n  upstream: GGLfDzwvyLAJFT3SXnFuv7GvtScW8PPHwnULSjUG\n', 'GGLfDzwvyLAJFT3SXnFuv7GvtScW8PPHwnULSjUG'],
      ['{"community":"y5yKB4zcFhf0npQ8wZ2L"}', 'y5yKB4zcFhf0npQ8wZ2L'],
      ['using q8Zr4LmT1vXc9KpW2sBd7NfG5hJk3RtY to connect', 'q8Zr4LmT1vXc9KpW2sBd7NfG5hJk3RtY'],
    ],
    kept: [
      'x-request-id=xsKpUSPRYan1rGK8AOjX9sAS5mk9KbWg',
      'order=01JMO6BX5D7LA9UCLT6G10BPTP',
      'go.sum h1:+3hX0E2ElobOM16Prl+YjGS1hnePRG2y7z8B/Gc6i7K=',
      '"integrity": "sha512-95zqI/JoEH0qFsY49zD9uwpr8jL2ehM1oRskz6XAYFNV228x4CWZs0IanYiVDAvcY+CgIDUhIaS5us9vKVokmn=="',
      'etag "a07c5b109a2855f2489d01f9c7f5e7f01e09a3f0" versionId=3sL4kqtJlcpXroDTDmJ+rmSpXd3dIbrHY+MTRCxf3vjVBH40Nr8X8gdRQBpUMLUo',
      'handler: OrderServiceDeploymentController2Factory',
      'key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJx7yq2m4Kk3wB1c9PvR8s0tU5z6Y7a8B9cD0eF1gH2',
      'uid: 92f525b7-521d-4c80-97b4-d184ed06aa38 image: x@sha256:7de03484139427397220609c0d6b5ec203d27b98eedee0c0d055be9dd583110d',
    ],
  },
}

function isBenign(context: string): boolean {
  return benign.test(context) || /(?:^|[^a-z])(?:checksum|digest|hash|sha\d*|public|sealed)(?:[^a-z]|$)/i.test(context)
}

/** Upper case, lower case and digits in no word-like order. */
function isRandom(text: string, start: number, end: number): boolean {
  let upper = 0
  let lower = 0
  let digits = 0
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at)
    if (code >= 97) lower++
    else if (code >= 65 && code <= 90) upper++
    else if (code >= 48 && code <= 57) digits++
  }
  if (upper < 2 || lower < 2 || digits < 2) return false
  return changes(text.slice(start, end)) >= (end - start) * 0.36
}

const SIGNS = '=:"\'\\ >[({'

/** The name before the value; '' for a blank; undefined if the value is part of something longer. */
function contextOf(text: string, start: number): string | undefined {
  let at = start
  let isAssigned = false
  while (at > 0 && start - at < 12 && SIGNS.includes(text[at - 1] ?? '')) {
    at--
    if (text[at] === '=' || text[at] === ':') isAssigned = true
  }
  if (at === start) return start === 0 || text[start - 1] === '\n' || text[start - 1] === '\t' ? '' : undefined
  if (!isAssigned) return text[start - 1] === ' ' || text[start - 1] === '"' ? '' : undefined
  const from = skipBack(text, at, nameChars, Math.max(0, at - 60))
  return from === at ? '' : text.slice(from, at)
}

/** SSH public keys, digests with their algorithm, images and certificates. */
function isKnownStart(value: string): boolean {
  return /^(?:AAAA[BCE]3NzaC1|AAAAB3|sha\d{3}-|MII[C-H]|iVBORw0KGgo|R0lGOD|Ag[A-D][A-Za-z0-9+/]{60}|wcBM|hQ[EGIM]M|[A-Z][A-Za-z]{2,40}\/[a-z0-9-]+$)/.test(
    value,
  )
}
