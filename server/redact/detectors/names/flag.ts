import type { Detector } from '../../detector'
import type { KeyAt } from '../../text/key-at'
import { readQuoted } from '../../text/quoted'
import { wordAt } from '../../text/words'
import { isTaken } from '../../values/taken'
import { atNames } from './named'

/** Separators between a flag and its value: blanks, an item of a JSON or YAML list, a line of `kubectl describe`. */
const between =
  /(?:\\*["'][ \t]{0,16},\s{0,64}|["']?[ \t]{0,16}\r?\n[ \t]{0,256}(?:-[ \t]{1,16})?|["']?[ \t]{1,16}(?:\\\r?\n[ \t]{0,64})?)(?=[^\s-])/y
/** Words that follow such a flag in prose. */
const about =
  /^(?:a|an|and|argument|arguments|as|by|can|cannot|does|during|flag|flags|for|from|has|if|in|instead|is|must|not|of|on|only|option|or|parameter|should|that|the|to|value|was|when|which|will|with|without|unless|are|be|but|required|omitted|instead)$/i

/** A path follows these. */
const method = /(?:^|\W)(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|CONNECT|TRACE)\s$/

/** `--db-password x`, `-password x`, and the same as two items of an argument list. */
export const flag: Detector = {
  name: 'flag',
  trigger: { kind: 'key', places: ['bare'] },
  redact: atNames((text, key, out) => {
    const dash = text.charCodeAt(key.start - 1)
    if ((dash !== 45 && dash !== 47) || (key.separator && key.separator.kind === 'equals')) return key.end
    const before = text[key.start - 2] ?? ' '
    if (dash === 45 ? !/[\s"'`([{,=-]/.test(before) : !/\s/.test(before)) return key.end
    if (dash === 47 && isPath(text, key)) return key.end
    between.lastIndex = key.end
    if (!between.test(text)) return key.end
    const at = between.lastIndex
    // A flag on a line of its own is the last argument if the next line is a mapping.
    if (text.slice(key.end, at).includes('\n') && isMapping(text, at)) return key.end
    const quoted = readQuoted(text, at)
    const start = quoted?.start ?? at
    const value = quoted ? text.slice(quoted.start, quoted.end) : bareWord(text, at)
    if (value === '' || /^(?:-|\$[({A-Z]|\{$)/.test(value) || about.test(value)) return key.end
    if (!isTaken(key.name, key.promise, value, 'strong')) return key.end
    out.add(start, start + value.length)
    return start + value.length
  }),
  samples: {
    gone: [
      ['/bin/app --db-password hunter2 --v 2', 'hunter2'],
      ['args:\n- --db-password\n- hunter2\n- --v=2', 'hunter2'],
      ['["--password","hunter2"]', 'hunter2'],
      ['    Command:\n      app\n      --db-password\n      qA2OAZHPZNP5t9\n', 'qA2OAZHPZNP5t9'],
      ['kubeadm join 10.0.0.1:6443 --token abcdef.hunter2hunter2hu', 'abcdef.hunter2hunter2hu'],
      ['keytool -storepass hunter2 -alias a', 'hunter2'],
      ['xfreerdp /password hunter2', 'hunter2'],
    ],
    kept: [
      'the flag --token is required, --password can be omitted, --api-key or --token must be given',
      '--token-auth-file /etc/tokens.csv --password-file /run/pw',
      'args:\n- --password\nimage: nginx',
      '--authentication-token-webhook --anonymous-auth',
      'kubectl create secret generic db --dry-run=client',
      '10.0.0.1 - - "GET /token HTTP/1.1" 401 52',
      'PUT /password 1204 ms; POST /token a1b2c3d4',
      'location /oauth2/token {\n  proxy_pass http://auth1:8080;\n}\nlocation = /token {\n}',
    ],
  },
}

/** A name after a slash is a flag of Windows only as a word of its own. */
function isPath(text: string, { start, name }: KeyAt): boolean {
  return name.includes('/') || method.test(text.slice(Math.max(0, start - 10), start - 1))
}

function bareWord(text: string, at: number): string {
  const value = wordAt(text, at)
  return value
}

function isMapping(text: string, at: number): boolean {
  return /^[\w.-]{1,80}:(?:\s|$)/.test(text.slice(at, at + 84))
}
