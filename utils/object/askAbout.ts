/** A question about an object with what its diagnosis found, and the object as context. */
import { EMBED_LIMITS } from '#shared/embed'
import type { Finding } from '#shared/findings'
import type { ResultPart } from '#shared/result'
import type { Say, Text } from '../../composables/ui/useText'
import { objectTitle, type ObjectRef } from './objectRef'

/** Findings, and facts of each, that the question carries. */
const MOST = { findings: 3, evidence: 4 }

/** @returns the question in the page's language, within the length that the server takes */
export function askAbout(object: ObjectRef, found: ResultPart | undefined, t: Text, say: Say): string {
  const question = t('object.askText', { object: objectTitle(object) })
  if (found?.kind !== 'findings') return question
  const lines = found.findings.slice(0, MOST.findings).flatMap((finding) => findingLines(finding, say))
  const facts = [say(found.summary), ...lines].join('\n')
  return `${question}\n\n${t('object.askFindings')}\n${facts}`.slice(0, EMBED_LIMITS.text)
}

function findingLines({ object, cause, evidence, next }: Finding, say: Say): string[] {
  const facts = evidence.slice(0, MOST.evidence).map(({ about, text, at }) => {
    const where = about === undefined ? '' : `${about}: `
    return `  - ${where}${say(text)}${at === undefined ? '' : ` (${at})`}`
  })
  return [`- ${objectTitle(object)}: ${say(cause)}`, ...facts, `  → ${say(next)}`]
}
