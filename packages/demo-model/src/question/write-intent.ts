/** Parses the change that a question requests, in English and Vietnamese. */
import type { ObjectKind } from './kinds'
import type { Known } from './known'
import { readApply, readChart, readImage, readPairs, readResources, readScale, release } from './write-readers'
import { kindOf, named, verb, workloadOf } from './write-words'

interface Named {
  name: string
  namespace?: string
}
interface Target extends Named {
  kind: ObjectKind
}

export type WriteIntent =
  | ({ do: 'scale'; replicas: number } & Target)
  | ({ do: 'restart' | 'undo' | 'delete' } & Target)
  | ({ do: 'image'; image: string; container?: string } & Target)
  /** `memory=256Mi` */
  | ({ do: 'resources'; of: 'limits' | 'requests'; amount: string } & Target)
  /** Null removes it. */
  | ({ do: 'label' | 'annotate'; pairs: Record<string, string | null> } & Target)
  | ({ do: 'cordon' | 'uncordon' | 'drain'; kind: 'node' } & Named)
  | ({ do: 'install' | 'upgrade'; chart: string } & Named)
  | ({ do: 'rollback' | 'uninstall' } & Named)
  | ({ do: 'apply'; kind: 'configmap' | 'namespace'; data: Record<string, string> } & Named)

const SET = 'set|change|update|use|bump|switch|dat|doi|chuyen|cap nhat'

/** The first match wins: narrow verbs come before `delete` and `set`. */
const VERBS: [WriteIntent['do'], RegExp][] = [
  ['uninstall', verb('uninstall|go cai dat|go bo ban cai dat|(?:delete|remove|xoa|go) (?:the )?(?:helm )?release')],
  ['rollback', verb('(?:roll ?back|undo|hoan tac|quay lai) (?:the )?(?:helm )?release')],
  ['undo', verb('roll ?back|roll .* back|undo|rollout undo|revert|go back to the (?:previous|last)|hoan tac|quay lai')],
  ['label', verb('label|(?:add|set|put|remove|delete) (?:the |a )?labels?|(?:gan|them|dat|bo|go|xoa) (?:nhan|label)')],
  [
    'annotate',
    verb('annotate|(?:add|set|put|remove|delete) (?:the |an )?annotations?|(?:gan|them|dat|bo|go|xoa) annotation'),
  ],
  ['uncordon', verb('uncordon|bo cordon|mo lai node')],
  ['cordon', verb('cordon')],
  ['drain', verb('drain')],
  ['image', verb(String.raw`(?:${SET})\b(?!.*\b(?:config ?maps?|cm)\b).*\bimage`)],
  [
    'resources',
    verb(String.raw`(?:${SET}|increase|decrease|raise|reduce|lower|tang|giam)\b.*\b(?:cpu|memory|ram|bo nho)\b.*\d\w*`),
  ],
  [
    'scale',
    verb(
      String.raw`(?:set|dat|make|give|change|doi)\b(?!.*=).*\b(?:replicas|ban sao|\d+ pods?)\b|(?:increase|decrease|raise|reduce)\b.*\d`,
    ),
  ],
  ['upgrade', verb('upgrade|nang cap')],
  ['install', verb('install|cai dat')],
  ['restart', verb('(?:rollout )?restart|reboot|redeploy|bounce|khoi dong lai|restart lai')],
  ['scale', verb('scale|upscale|downscale|co gian|mo rong|thu nho|tang|giam|dieu chinh')],
  ['delete', verb('delete|remove|kill|get rid of|xoa|go bo')],
  ['apply', verb(`create|apply|add|${SET}|tao|ap dung|them`)],
]

/** Verbs of change, including unsupported ones. */
export const CHANGES = verb(
  'delete|remove|scale|restart|rollout restart|create|apply|set|edit|patch|drain|cordon|uncordon|label|annotate|' +
    'roll ?back|undo|revert|taint|kill|redeploy|get rid of|install|uninstall|upgrade|exec|xoa|go (?:bo|cai dat|release|helm)|tao|sua|ap dung|khoi dong lai|' +
    'cai dat|nang cap|co gian|gan nhan|bo nhan|bo cordon|hoan tac',
)

/**
 * @param question original, since paths and values are case-sensitive
 * @param text in lower case without accents
 * @returns undefined for an unsupported change
 */
export function readWrite(question: string, text: string, known: Known): WriteIntent | undefined {
  const what = VERBS.find(([, pattern]) => pattern.test(text))?.[0]
  switch (what) {
    case 'scale':
      return readScale(text, known)
    case 'restart':
    case 'undo': {
      const rest = text.replace(ROLLOUT, ' ')
      const kind = workloadOf(rest, known)
      return named(rest, kind, known, (place) => ({ do: what, kind, ...place }))
    }
    case 'image':
      return readImage(question, text, known)
    case 'resources':
      return readResources(question, text, known)
    case 'label':
    case 'annotate':
      return readPairs(what, question, text, known)
    case 'cordon':
    case 'uncordon':
    case 'drain':
      return named(text, 'node', known, ({ name }) => ({ do: what, kind: 'node', name }))
    case 'delete': {
      const kind = kindOf(text)
      return kind && named(text, kind, known, (rest) => ({ do: 'delete', kind, ...rest }))
    }
    case 'rollback':
    case 'uninstall':
      return release(text, known, (rest) => ({ do: what, ...rest }))
    case 'install':
    case 'upgrade':
      return readChart(what, question, text, known)
    case 'apply':
      return readApply(question, text, known)
    case undefined:
      return undefined
  }
}

const ROLLOUT =
  /\brollout undo\b|\b(?:the )?(?:last |latest )?(?:rollout|change|deployment)(?= (?:of|for|in|to|cua|cho)\b) (?:of|for|in|to|cua|cho)\b/g
