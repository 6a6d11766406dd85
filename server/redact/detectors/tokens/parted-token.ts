import type { Detector } from '../../detector'
import { charSet, skip, skipBack } from '../../text/chars'
import { changes } from '../../values/generated'

const base64Url = charSet(/[A-Za-z0-9_-]/)
const consonants = charSet(/[bcdfghjklmnpqrstvwxz2-9]/)
const name = charSet(/[a-z0-9-]/)

/**
 * Tokens without a prefix, recognised by the lengths of their parts: Discord's `24.6.27`, Rancher's `name:54` and its
 * bare 54 letters.
 */
export const partedToken: Detector = {
  name: 'parted token',
  trigger: { kind: 'run', length: 23 },
  redact(text, { start, end }, out) {
    const length = end - start
    if (text[end] === '.' && length <= 28 && /[MNO]/.test(text[start] ?? '')) {
      const second = skip(text, end + 1, base64Url, end + 9)
      const third = text[second] === '.' ? skip(text, second + 1, base64Url, second + 64) : second
      if (
        second - end - 1 >= 5 &&
        third - second > 26 &&
        /\d/.test(text.slice(start, end)) &&
        changes(text.slice(start, end)) > length * 0.28
      ) {
        out.add(start, third)
        return third
      }
    }
    if (length === 54 && skip(text, start, consonants, end) === end && /\d/.test(text.slice(start, end))) {
      const before = text[start - 1] === ':' ? skipBack(text, start - 1, name, Math.max(0, start - 64)) : start
      out.add(before, end)
    }
    return end
  },
  samples: {
    gone: [
      [
        'logging in with MFjbi8vBSoUWQJMhbDVYMFO61.pp7POQ.FE_SUuhvoJP2-1xdKIO82vRdU6NoUZi36z2EpK',
        'FE_SUuhvoJP2-1xdKIO82vRdU6NoUZi36z2EpK',
      ],
      [
        'kubeconfig-user-abcde:bcdfghjklmnpqrstvwxz2456789bcdfghjklmnpqrstvwxz2456789',
        'bcdfghjklmnpqrstvwxz2456789bcdfghjklmnpqrstvwxz2456789',
      ],
    ],
    kept: [
      'MyVeryLongServiceNameForAll.class1.method-of-a-very-long-name-in-java',
      'a-very-long-deployment-name-for-the-token-exchange-service-in-production-7d9f8b6c5d-x2x4z',
    ],
  },
}
