/** Questions asked on Rancher's pages, until a frame takes them. */
import { shallowRef } from 'vue'
import { EMBED_LIMITS } from '../../../../../shared/embed'
import type { EmbedContext, ResourceReference } from '../../../../../shared/embed'
import { pageContext, referenceOf, withInvolvedObject } from './context'
import { hasDock, openDock } from './dock'
import { openPage } from './navigate'
import { text } from './rancher'

interface Question {
  text: string
  context: EmbedContext
}

const waiting = shallowRef<Question[]>([])

/** Asks about rows or objects of Rancher, in the dock or, before Rancher 2.13, on our page. */
export function askAbout(selected: unknown[]): void {
  const about = selected.map(referenceOf).filter((each) => each !== undefined)
  if (about.length === 0) return
  const context = pageContext(selected.flatMap(withInvolvedObject))
  waiting.value = [...waiting.value, { text: questionAbout(about), context }]
  if (hasDock()) openDock()
  else openPage()
}

export const hasQuestions = (): boolean => waiting.value.length > 0

/** The questions, which then no longer wait. */
export function takeQuestions(): Question[] {
  const taken = waiting.value
  waiting.value = []
  return taken
}

function questionAbout(about: ResourceReference[]): string {
  const shown = about.slice(0, EMBED_LIMITS.resources)
  const names = shown.map(({ kind, namespace, name }) => `${kind} ${namespace ? `${namespace}/${name}` : name}`)
  const question = text('question', { names: names.join(', ') })
  if (about.length === shown.length) return question
  return `${question} ${text('more', { shown: shown.length, total: about.length })}`
}
